namespace Saga.StateMachines.Logic;

/// <summary>
/// Operators that calculate. Sums and products take the number that a text begins with, as parseFloat does;
/// the others take the text as a whole. What is no number makes the result none, which is null in the end.
/// </summary>
internal static class ArithmeticOperators
{
    private delegate double Calculation(double a, double b);

    public static LogicValue Add(in LogicCall call)
    {
        var sum = 0d;
        foreach (var value in call.Values())
        {
            sum += Coercion.ToLeadingNumber(value, call.Budget);
        }

        return LogicValue.Of(sum);
    }

    /// <summary>A single operand is given back as it is, text or not; the product of none is nothing.</summary>
    public static LogicValue Multiply(in LogicCall call)
    {
        var values = call.Values();
        if (values.Length < 2)
        {
            return values.At(0);
        }

        var product = 1d;
        foreach (var value in values)
        {
            product *= Coercion.ToLeadingNumber(value, call.Budget);
        }

        return LogicValue.Of(product);
    }

    public static LogicValue Subtract(in LogicCall call)
    {
        var values = call.Values();
        var first = Coercion.ToNumber(values.At(0), call.Budget);
        return LogicValue.Of(values.At(1).Kind == LogicKind.Undefined ? -first : first - Coercion.ToNumber(values.At(1), call.Budget));
    }

    public static LogicValue Divide(in LogicCall call) => OfTwo(call, (a, b) => a / b);

    public static LogicValue Remainder(in LogicCall call) => OfTwo(call, (a, b) => a % b);

    public static LogicValue Max(in LogicCall call) => OfAll(call, double.NegativeInfinity, Math.Max);

    public static LogicValue Min(in LogicCall call) => OfAll(call, double.PositiveInfinity, Math.Min);

    private static LogicValue OfTwo(in LogicCall call, Calculation calculate)
    {
        var values = call.Values();
        return LogicValue.Of(calculate(Coercion.ToNumber(values.At(0), call.Budget), Coercion.ToNumber(values.At(1), call.Budget)));
    }

    private static LogicValue OfAll(in LogicCall call, double seed, Calculation calculate)
    {
        var result = seed;
        foreach (var value in call.Values())
        {
            result = calculate(result, Coercion.ToNumber(value, call.Budget));
        }

        return LogicValue.Of(result);
    }
}
