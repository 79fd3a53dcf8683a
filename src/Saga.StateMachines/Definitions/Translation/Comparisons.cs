using System.Linq.Expressions;
using System.Text.Json.Nodes;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>
/// Comparisons. Equality is JsonLogic's strict one, since the loose one takes <c>"1"</c> for <c>1</c> and <c>0</c> for <c>false</c>. Ordering guards against null,
/// which C# puts nowhere and JavaScript at 0.
/// </summary>
internal static class Comparisons
{
    public static bool Handles(ExpressionType type) => Operation(type) is not null;

    public static JsonNode? Of(BinaryExpression binary, LambdaSite site)
    {
        var left = Conversions.WithoutForComparison(binary.Left);
        var right = Conversions.WithoutForComparison(binary.Right);
        var isEquality = binary.NodeType is ExpressionType.Equal or ExpressionType.NotEqual;
        var operation = Operation(binary.NodeType)!;
        if (isEquality && (IsNull(left, site) || IsNull(right, site)))
            return Rule.Of(operation, Rules.Of(IsNull(left, site) ? right : left, site), null);

        return isEquality ? Equal(operation, left, right, binary, site) : Ordered(operation, left, right, binary, site);
    }

    private static JsonNode? Equal(string operation, Expression left, Expression right, BinaryExpression binary, LambdaSite site)
    {
        CheckComparable(left, binary, site);
        CheckComparable(right, binary, site);
        return Rule.Of(operation, Operand(left, right, site), Operand(right, left, site));
    }

    private static JsonNode Ordered(string operation, Expression left, Expression right, BinaryExpression binary, LambdaSite site)
    {
        foreach (var side in (Expression[])[left, right])
        {
            var type = Conversions.Bare(side.Type);
            if (!Conversions.IsNumber(type) && !(type.IsEnum && !EnumText.IsText(type, JsonMembers.ConverterOf(side))))
            {
                throw site.Refused(
                    binary, $"orders values of `{type.Name}`, which JSON has as text", "The order of the text may be another. Compare in a step, and read its answer.");
            }
        }

        var comparison = Rule.Of(operation, Operand(left, right, site), Operand(right, left, site));
        JsonNode[] guards = [.. new[] { left, right }.Where(side => Conversions.IsNullable(side.Type)).Select(side => Rule.IsSome(Rules.Of(side, site)))];
        return guards.Length == 0 ? comparison : Rule.Of("and", [.. guards, comparison]);
    }

    /// <summary>One side; a constant is written as the other side's type is, for C# has compared enums and characters as numbers.</summary>
    private static JsonNode? Operand(Expression side, Expression other, LambdaSite site)
    {
        var named = Conversions.Bare(other.Type);
        var converter = JsonMembers.ConverterOf(other);
        if (!Conversions.IsNamed(named) || HandleFinder.IsIn(side))
            return Rules.Of(side, site);
        var value = Constants.ValueOf(side, site);
        if (value is not null && value.GetType() != named)
            value = named.IsEnum ? Enum.ToObject(named, value) : Convert.ToChar(value, System.Globalization.CultureInfo.InvariantCulture);
        return Constants.JsonOf(value, value is null ? typeof(object) : named, side, site, converter);
    }

    public static bool IsComparable(Type type)
    {
        type = Conversions.Bare(type);
        return type == typeof(string) || type == typeof(bool) || Conversions.IsNumber(type) || Conversions.IsNamed(type);
    }

    private static void CheckComparable(Expression side, BinaryExpression binary, LambdaSite site)
    {
        if (!IsComparable(side.Type))
        {
            throw site.Refused(
                binary,
                $"compares values of `{Conversions.Bare(side.Type).Name}`",
                "One value of it can have several forms in JSON. Only text, numbers, booleans and enums can be compared, and anything with null.");
        }
    }

    private static bool IsNull(Expression side, LambdaSite site) =>
        (!side.Type.IsValueType || Conversions.IsNullable(side.Type)) && !HandleFinder.IsIn(side) && Constants.ValueOf(side, site) is null;

    private static string? Operation(ExpressionType type) => type switch
    {
        ExpressionType.Equal => "===",
        ExpressionType.NotEqual => "!==",
        ExpressionType.LessThan => "<",
        ExpressionType.LessThanOrEqual => "<=",
        ExpressionType.GreaterThan => ">",
        ExpressionType.GreaterThanOrEqual => ">=",
        _ => null,
    };
}
