using System.Linq.Expressions;

namespace Saga.StateMachines.Definitions.Translation;

/// <summary>Conversions that leave the JSON as it is.</summary>
internal static class Conversions
{
    private static readonly Type[] _widening =
        [typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(decimal)];

    /// <summary>The expression without the conversions around it. One that changes the value is refused.</summary>
    public static Expression Without(Expression expression, LambdaSite site)
    {
        while (expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked or ExpressionType.TypeAs } conversion)
        {
            if (!IsHarmless(conversion.Operand.Type, conversion.Type))
            {
                throw site.Refused(
                    expression,
                    $"converts `{conversion.Operand.Type.Name}` to `{conversion.Type.Name}`, which changes the value",
                    "A plan passes JSON on as it is. Declare the types alike, or convert in a step.");
            }

            expression = conversion.Operand;
        }

        return expression;
    }

    /// <summary>Without conversions that only make a value nullable, or an enum or character a number so that it can be compared.</summary>
    public static Expression WithoutForComparison(Expression expression)
    {
        while (expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } conversion
            && (Bare(conversion.Operand.Type) == Bare(conversion.Type) || IsNamed(Bare(conversion.Operand.Type))))
        {
            expression = conversion.Operand;
        }

        return expression;
    }

    public static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    public static bool IsNullable(Type type) => Nullable.GetUnderlyingType(type) is not null;

    public static bool IsNumber(Type type) => Array.IndexOf(_widening, Bare(type)) >= 0;

    /// <summary>Whether C# compares it as a number that JSON may write otherwise.</summary>
    public static bool IsNamed(Type type) => type.IsEnum || type == typeof(char);

    private static bool IsHarmless(Type from, Type to)
    {
        (from, to) = (Bare(from), Bare(to));
        return from == to
            || (!to.IsValueType && to.IsAssignableFrom(from))
            || (IsNumber(from) && IsNumber(to) && Widens(from, to))
            || (from.IsEnum && Enum.GetUnderlyingType(from) == to && !EnumText.IsText(from, converter: null));
    }

    private static bool Widens(Type from, Type to)
    {
        // The order of the table is that of the ranges; an unsigned type cannot hold a negative number.
        var isUnsigned = to == typeof(byte) || to == typeof(ushort) || to == typeof(uint) || to == typeof(ulong);
        var isSigned = from == typeof(sbyte) || from == typeof(short) || from == typeof(int) || from == typeof(long);
        var isFloating = from == typeof(float) || from == typeof(double);
        return Array.IndexOf(_widening, from) < Array.IndexOf(_widening, to) && !(isUnsigned && isSigned) && !(isFloating && to == typeof(decimal));
    }
}
