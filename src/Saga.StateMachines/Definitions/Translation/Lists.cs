using System.Collections;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>Lists in rules.</summary>
internal static class Lists
{
    /// <summary>Whether JSON has a list for it. Text, dictionaries and bytes can be enumerated in C#, but are something else in JSON.</summary>
    public static bool IsList(Type type) => JsonMembers.ContractOf(type) is { Kind: JsonTypeInfoKind.Enumerable };

    /// <summary>Whether a member is the length of a list or a text.</summary>
    public static bool IsLength(MemberExpression member) => member.Expression is { } target
        && ((member.Member.Name == "Length" && (target.Type == typeof(string) || (target.Type.IsArray && IsList(target.Type))))
            || (member.Member.Name == "Count" && IsList(target.Type)));

    public static JsonNode? Length(Expression list, LambdaSite site) => list.Type == typeof(string)
        ? Paths.Of(list, site) is { FitsVariable: true } path
            ? path.Into("length").ToVariable()
            : throw site.Refused(list, "is text whose length cannot be told in a rule", "Compute it in a step.")
        : Rule.Count(Rules.Of(list, site));

    /// <summary>A call on a list; null when it is none.</summary>
    public static JsonNode? OfCall(MethodCallExpression call, LambdaSite site)
    {
        if (call.Method.Name == "Contains" && call.Method.DeclaringType != typeof(string)
            && (call.Method.DeclaringType == typeof(Enumerable) || call.Object is not null && typeof(IEnumerable).IsAssignableFrom(call.Object.Type)))
        {
            return Contains(call, site);
        }

        if (call.Method.DeclaringType != typeof(Enumerable))
            return null;
        var list = call.Arguments[0];
        CheckList(list, call, site);
        var over = call.Arguments.Count > 1 ? call.Arguments[1] : null;
        return (call.Method.Name, over) switch
        {
            ("ToList" or "ToArray" or "AsEnumerable", null) => Rules.Of(list, site),
            ("Any", null) => Rule.Of("!!", Rules.Of(list, site)),
            ("Any", not null) => Rule.Of("some", Rules.Of(list, site), Each(over, "", site)),
            // JsonLogic's own `all` is false for an empty list.
            ("All", not null) => Rule.Of("!", Rule.Of("some", Rules.Of(list, site), Rule.Of("!", Each(over, "", site)))),
            ("Where", not null) => Rule.Of("filter", Rules.Of(list, site), Each(over, "", site)),
            ("Select", not null) => Rule.Of("map", Rules.Of(list, site), Each(over, "", site)),
            ("Count", null) => Rule.Count(Rules.Of(list, site)),
            ("Count", not null) => Rule.Count(Rule.Of("filter", Rules.Of(list, site), Each(over, "", site))),
            ("Sum", _) when Arithmetic.CanCompute(call.Type) =>
                Rule.Sum(Rules.Of(list, site), over is null ? new JsonObject { ["var"] = "current" } : Each(over, "current", site)),
            ("Concat", not null) => Rule.Of("merge", Rules.Of(list, site), Rules.Of(over, site)),
            _ => null,
        };
    }

    /// <summary>Whether a list has a value: as a method of the list, of LINQ, or of a span over an array.</summary>
    public static JsonNode? Contains(MethodCallExpression call, LambdaSite site)
    {
        Expression[] arguments = call.Object is null ? [.. call.Arguments] : [call.Object, .. call.Arguments];
        var list = WithoutSpan(arguments[0]);
        CheckList(list, call, site);
        if (arguments.Length > 2 && arguments[2] is not ConstantExpression { Value: null })
            throw site.Refused(call, "compares with a comparer", "A rule compares text exactly. Leave it out, or ask a step.");
        if (!Comparisons.IsComparable(arguments[1].Type))
            throw site.Refused(call, $"looks for a value of `{arguments[1].Type.Name}`", "Only text, numbers, booleans and enums can be compared.");
        if (!HandleFinder.IsIn(list) && !HandleFinder.IsIn(arguments[1]))
            return Constants.ValueOf(list, site) is IEnumerable items && items.Cast<object?>().Contains(Constants.ValueOf(arguments[1], site));
        return Rule.Of("in", Rules.Of(arguments[1], site), Rules.Of(list, site));
    }

    private static void CheckList(Expression list, Expression call, LambdaSite site)
    {
        if (HandleFinder.IsIn(list) && !IsList(list.Type))
            throw site.Refused(call, $"takes a `{list.Type.Name}` for a list, which is none in JSON", "Ask a step, or declare it as a list.");
    }

    private static Expression WithoutSpan(Expression list) => list switch
    {
        MethodCallExpression { Method.Name: "op_Implicit", Arguments: [var inner] } when list.Type.IsByRefLike => WithoutSpan(inner),
        MethodCallExpression { Method.Name: "AsSpan", Arguments: [var inner] } => WithoutSpan(inner),
        UnaryExpression { NodeType: ExpressionType.Convert } conversion when list.Type.IsByRefLike => WithoutSpan(conversion.Operand),
        _ => list,
    };

    private static JsonNode? Each(Expression over, string word, LambdaSite site) => over is LambdaExpression { Parameters: [var element] } lambda
        ? Rules.Of(lambda.Body, site.OverElements(element, word))
        : throw site.Refused(over, "is no lambda of one parameter", "Write it as `item => …`, so that it can be translated.");
}
