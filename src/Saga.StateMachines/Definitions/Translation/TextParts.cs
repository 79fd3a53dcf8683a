using System.Globalization;
using System.Linq.Expressions;
using System.Text.RegularExpressions;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>A piece of joined text: literal, or a value of the run.</summary>
internal sealed record TextPart(string? Text, Expression? Value);

/// <summary>Takes joined text apart: <c>a + b</c>, <c>string.Concat</c>, <c>string.Format</c> and what the compiler makes of <c>$"…"</c>.</summary>
internal static partial class TextParts
{
    /// <summary>The pieces in their order; literal text is in one piece, since <c>$</c> and <c>{</c> mean something only together.</summary>
    public static IReadOnlyList<TextPart> Of(Expression expression, LambdaSite site)
    {
        var parts = new List<TextPart>();
        foreach (var part in Pieces(expression, site).Where(part => part.Text is not ""))
        {
            if (part.Text is not null && parts.Count > 0 && parts[^1].Text is { } before)
                parts[^1] = Literal(before + part.Text);
            else
                parts.Add(part);
        }

        return parts;
    }

    private static IEnumerable<TextPart> Pieces(Expression expression, LambdaSite site)
    {
        if (!HandleFinder.IsIn(expression))
            return [Literal(Constants.ValueOf(expression, site))];
        return expression switch
        {
            BinaryExpression { NodeType: ExpressionType.Add } sum when sum.Type == typeof(string) => [.. Pieces(sum.Left, site), .. Pieces(sum.Right, site)],
            MethodCallExpression { Method.Name: "Concat" } call when call.Method.DeclaringType == typeof(string) => Items(call.Arguments, call, site).SelectMany(item => Pieces(item, site)),
            MethodCallExpression { Method.Name: "Format" } call when call.Method.DeclaringType == typeof(string) => OfFormat(call, site),
            UnaryExpression { NodeType: ExpressionType.Convert } boxed when boxed.Type == typeof(object) => Pieces(boxed.Operand, site),
            _ => [Value(expression, site)],
        };
    }

    private static IEnumerable<TextPart> OfFormat(MethodCallExpression call, LambdaSite site)
    {
        if (call.Arguments[0].Type != typeof(string) || HandleFinder.IsIn(call.Arguments[0]))
            throw site.Refused(call, "formats with a culture, or a format computed in the run", "Use `$\"…\"`.");
        var format = (string)Constants.ValueOf(call.Arguments[0], site)!;
        var items = Items([.. call.Arguments.Skip(1)], call, site);
        var at = 0;
        foreach (Match hole in Hole().Matches(format))
        {
            yield return Literal(format[at..hole.Index]);
            at = hole.Index + hole.Length;
            if (!hole.Groups["index"].Success)
            {
                yield return Literal(hole.Value[..1]);
                continue;
            }

            var item = items[int.Parse(hole.Groups["index"].ValueSpan, CultureInfo.InvariantCulture)];
            var how = hole.Groups["how"].Value;
            if (!HandleFinder.IsIn(item))
                yield return Literal(string.Format(CultureInfo.InvariantCulture, $"{{0{how}}}", Constants.ValueOf(item, site)));
            else if (how.Length > 0)
                throw site.Refused(call, $"formats a value of the run with `{how}`", "A plan inserts values as they are. Format it in a step.");
            else
                foreach (var part in Pieces(item, site))
                    yield return part;
        }

        yield return Literal(format[at..]);
    }

    private static IReadOnlyList<Expression> Items(IReadOnlyList<Expression> arguments, Expression call, LambdaSite site) => arguments switch
    {
        [NewArrayExpression array] => array.Expressions,
        [{ Type.IsArray: true }] => throw site.Refused(call, "joins a list computed in the run", "Join it in a step."),
        _ => arguments,
    };

    private static TextPart Value(Expression expression, LambdaSite site)
    {
        var bare = Conversions.Without(expression, site);
        var type = Conversions.Bare(bare.Type);
        var isAlike = type == typeof(string) || type == typeof(char) || type == typeof(Guid) || Arithmetic.CanCompute(type) && type != typeof(double)
            || type == typeof(short) || type == typeof(byte) || type == typeof(sbyte) || type == typeof(ushort)
            || EnumText.IsName(type, JsonMembers.ConverterOf(bare));
        return isAlike ? new TextPart(Text: null, bare) : throw site.Refused(
            expression,
            $"puts a `{type.Name}` into text",
            type == typeof(bool) ? "JSON writes it otherwise than C#. Say what you mean: `flag ? \"true\" : \"false\"`." : "JSON writes it otherwise than C#. Declare it as a string, or format it in a step.");
    }

    private static TextPart Literal(object? value) => new(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", Value: null);

    [GeneratedRegex(@"\{\{|\}\}|\{(?<index>\d+)(?<how>[,:][^}]*)?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hole();
}
