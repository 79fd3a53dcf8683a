using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>
/// Translates expressions into JsonLogic that gives what C# would. Numbers are double precision there, so integers are exact up to 2^53 and do not wrap around.
/// </summary>
internal static class Rules
{
    private const string Remedy = "Compute it in a step, and read the step's output.";

    public static JsonNode? Translate(LambdaSite site, LambdaExpression lambda, params string[] words) => Of(lambda.Body, site.WithParameters(lambda, words));

    public static JsonNode? Of(Expression expression, LambdaSite site)
    {
        if (IsMembership(expression) is { } membership)
            return Lists.Contains(membership, site);
        if (!HandleFinder.IsIn(expression))
            return Constant(expression, site);
        var bare = Conversions.Without(expression, site);
        if (Paths.Of(bare, site) is { } path)
            return Variable(path, bare, site);
        return Texts.IsText(bare) ? Texts.ToRule(bare, site) : OfOperation(bare, site);
    }

    private static JsonNode? OfOperation(Expression bare, LambdaSite site) => bare switch
    {
        BinaryExpression { NodeType: ExpressionType.Coalesce } binary => Coalesce(binary, site),
        BinaryExpression binary when Comparisons.Handles(binary.NodeType) => Comparisons.Of(binary, site),
        BinaryExpression binary when binary.Type == typeof(bool) => Logical(binary, site),
        BinaryExpression binary => Arithmetic.Of(binary, site),
        UnaryExpression { NodeType: ExpressionType.Not } not when not.Type == typeof(bool) => Rule.Of("!", Of(not.Operand, site)),
        UnaryExpression { NodeType: ExpressionType.ArrayLength } length when Lists.IsList(length.Operand.Type) => Lists.Length(length.Operand, site),
        UnaryExpression { NodeType: ExpressionType.Negate or ExpressionType.NegateChecked } negate => Arithmetic.Of(negate, site),
        ConditionalExpression choice => Rule.Of("if", Of(choice.Test, site), Of(choice.IfTrue, site), Of(choice.IfFalse, site)),
        MemberExpression { Member.Name: "HasValue", Expression: { } value } when Conversions.IsNullable(value.Type) => Rule.IsSome(Of(value, site)),
        MemberExpression { Member.Name: "Value", Expression: { } value } when Conversions.IsNullable(value.Type) => Of(value, site),
        MemberExpression { Expression: { } list } member when Lists.IsLength(member) => Lists.Length(list, site),
        MethodCallExpression call => OfCall(call, site),
        NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array => new JsonArray([.. array.Expressions.Select(item => Of(item, site))]),
        MemberInitExpression or NewExpression or ListInitExpression => throw site.Refused(
            bare, "makes an object in a rule", "JsonLogic has no objects. Choose with `Route`, or make objects for each element with `ForEach`."),
        _ => throw site.Refused(bare, $"uses `{bare.NodeType}`, which JsonLogic does not have", Remedy),
    };

    private static JsonNode? OfCall(MethodCallExpression call, LambdaSite site) =>
        Texts.OfCall(call, site) ?? Lists.OfCall(call, site) ?? Arithmetic.OfCall(call, site)
        ?? throw site.Refused(call, $"calls `{call.Method.DeclaringType?.Name}.{call.Method.Name}`, which has no counterpart in a plan", Remedy);

    private static JsonObject Variable(HandlePath path, Expression expression, LambdaSite site)
    {
        if (path is { IsElement: true, FitsVariable: false })
            throw site.Refused(expression, "reads a property of an element whose name in JSON is empty or has a dot", "JsonLogic cannot name it. Use `ForEach`.");
        return IsPlain(path.Default)
            ? path.ToVariable()
            : throw site.Refused(expression, "may be missing, and is an object then", "JsonLogic has no objects. Make the member required.");
    }

    private static JsonNode? Constant(Expression expression, LambdaSite site)
    {
        var value = Constants.JsonOf(expression, site);
        return IsPlain(value)
            ? value
            : throw site.Refused(expression, "is an object in a rule", "JsonLogic has no objects. Add it with `Constant`, and read that.");
    }

    private static bool IsPlain(JsonNode? value) => value is null
        || (value is JsonArray items ? items.All(IsPlain) : value.GetValueKind() != JsonValueKind.Object);

    private static JsonNode Coalesce(BinaryExpression binary, LambdaSite site) => binary.Conversion is null
        ? Rule.Of("if", Rule.IsSome(Of(binary.Left, site)), Of(binary.Left, site), Of(binary.Right, site))
        : throw site.Refused(binary, "converts one side of `??`", "A plan passes JSON on as it is. Declare both alike.");

    // Nothing in a rule has an effect, so whether both sides are evaluated makes no difference.
    private static JsonNode Logical(BinaryExpression binary, LambdaSite site) => Rule.Of(
        binary.NodeType switch
        {
            ExpressionType.AndAlso or ExpressionType.And => "and",
            ExpressionType.OrElse or ExpressionType.Or => "or",
            ExpressionType.ExclusiveOr => "!==",
            _ => throw site.Refused(binary, $"uses `{binary.NodeType}`, which JsonLogic does not have", Remedy),
        },
        Of(binary.Left, site),
        Of(binary.Right, site));

    // An array turned into a span, as C# 14 does for `array.Contains(x)`, cannot be evaluated as a value.
    private static MethodCallExpression? IsMembership(Expression expression) =>
        expression is MethodCallExpression call && call.Method.DeclaringType == typeof(MemoryExtensions) && call.Method.Name == "Contains" ? call : null;
}
