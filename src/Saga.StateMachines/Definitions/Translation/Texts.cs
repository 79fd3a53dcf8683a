using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using System.Text.Json.Nodes;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>Text: joined, as a template where that is possible, and tested.</summary>
internal static class Texts
{
    /// <summary>Whether an expression joins text.</summary>
    public static bool IsText(Expression expression) => expression is BinaryExpression { NodeType: ExpressionType.Add } && expression.Type == typeof(string)
        || (expression is MethodCallExpression { Method.Name: "Concat" or "Format" } call && call.Method.DeclaringType == typeof(string));

    public static JsonNode ToRule(Expression text, LambdaSite site) => Rule.Of("cat", [.. TextParts.Of(text, site).Select(part => Operand(part, site))]);

    public static JsonNode ToTemplate(Expression text, LambdaSite site)
    {
        var written = new StringBuilder();
        foreach (var part in TextParts.Of(text, site))
        {
            if (part.Text is { } literal)
            {
                written.Append(Escaping.Text(literal));
                continue;
            }

            // After a dollar sign a reference would be read as an escape.
            if ((written.Length > 0 && written[^1] == '$') || Paths.Of(part.Value!, site) is not { FitsText: true } path)
                return new JsonObject { ["$logic"] = ToRule(text, site) };
            written.Append("${").Append(path.Pointer).Append('}');
        }

        return written.ToString();
    }

    /// <summary>A test of text; null when the call is none.</summary>
    public static JsonNode? OfCall(MethodCallExpression call, LambdaSite site)
    {
        if (call.Method.DeclaringType != typeof(string))
            return null;
        Expression[] arguments = call.Object is null ? [.. call.Arguments] : [call.Object, .. call.Arguments];
        return call.Method.Name switch
        {
            "IsNullOrEmpty" => Rule.Of("or", Rule.IsNone(Rules.Of(arguments[0], site)), Rule.Of("===", Rules.Of(arguments[0], site), "")),
            "Equals" when IsOrdinal(call, arguments, isByDefault: true, site) => Rule.Of("===", Rules.Of(arguments[0], site), Rules.Of(arguments[1], site)),
            "Contains" when IsOrdinal(call, arguments, isByDefault: true, site) => Rule.Of("in", Rules.Of(arguments[1], site), Rules.Of(arguments[0], site)),
            "StartsWith" when IsOrdinal(call, arguments, arguments[1].Type == typeof(char), site) => Part(call, arguments, length => [0, length], site),
            "EndsWith" when IsOrdinal(call, arguments, arguments[1].Type == typeof(char), site) => Part(call, arguments, length => length == 0 ? [0, 0] : [-length], site),
            _ => null,
        };
    }

    private static JsonNode Part(MethodCallExpression call, Expression[] arguments, Func<int, JsonNode?[]> range, LambdaSite site)
    {
        if (HandleFinder.IsIn(arguments[1]))
            throw site.Refused(call, "tests for text that is computed in the run", "Its length is needed when the definition is built. Test in a step.");
        var text = Convert.ToString(Constants.ValueOf(arguments[1], site), CultureInfo.InvariantCulture)!;
        return Rule.Of("===", Rule.Of("substr", [Rules.Of(arguments[0], site), .. range(text.Length)]), text);
    }

    private static bool IsOrdinal(MethodCallExpression call, Expression[] arguments, bool isByDefault, LambdaSite site)
    {
        if (arguments.Length == 2 ? isByDefault : arguments[2] is ConstantExpression { Value: StringComparison.Ordinal })
            return true;
        throw site.Refused(call, "compares text by the rules of a culture or without regard to case", "A rule compares exactly. Use `StringComparison.Ordinal`, or ask a step.");
    }

    private static JsonNode? Operand(TextPart part, LambdaSite site) => part.Text is { } literal ? literal : Rules.Of(part.Value!, site);
}
