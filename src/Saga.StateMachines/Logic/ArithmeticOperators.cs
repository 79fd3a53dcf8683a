namespace Saga.StateMachines.Logic;

/// <summary>
/// Operators that calculate. Sums and products take the number that a text begins with, as parseFloat does;
/// the others take the text as a whole. What is no number makes the result none, which is null in the end.
/// </summary>
internal static class ArithmeticOperators
{
    public static LogicValue Add(in LogicCall call)
    {
        var sum = LogicNumber.Of(0);
        foreach (var value in call.Values())
        {
            sum = Arithmetic.Add(sum, Coercion.ToLeadingNumber(value, call.Budget), call.Budget);
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

        var product = LogicNumber.Of(1);
        foreach (var value in values)
        {
            product = Arithmetic.Multiply(product, Coercion.ToLeadingNumber(value, call.Budget), call.Budget);
        }

        return LogicValue.Of(product);
    }

    public static LogicValue Subtract(in LogicCall call)
    {
        var values = call.Values();
        var first = Coercion.ToNumber(values.At(0), call.Budget);
        return LogicValue.Of(values.At(1).Kind == LogicKind.Undefined
            ? first.Negated()
            : Arithmetic.Add(first, Coercion.ToNumber(values.At(1), call.Budget).Negated(), call.Budget));
    }

    public static LogicValue Divide(in LogicCall call)
    {
        var (a, b) = OfTwo(call);
        return LogicValue.Of(Arithmetic.Divide(a, b, call.Budget));
    }

    public static LogicValue Remainder(in LogicCall call)
    {
        var (a, b) = OfTwo(call);
        return LogicValue.Of(Arithmetic.Remainder(a, b, call.Budget));
    }

    public static LogicValue Max(in LogicCall call) => OfAll(call, double.NegativeInfinity, LogicNumber.Max);

    public static LogicValue Min(in LogicCall call) => OfAll(call, double.PositiveInfinity, LogicNumber.Min);

    private static (LogicNumber A, LogicNumber B) OfTwo(in LogicCall call)
    {
        var values = call.Values();
        return (Coercion.ToNumber(values.At(0), call.Budget), Coercion.ToNumber(values.At(1), call.Budget));
    }

    private static LogicValue OfAll(in LogicCall call, double seed, Func<LogicNumber, LogicNumber, LogicNumber> choose)
    {
        var result = LogicNumber.Of(seed);
        foreach (var value in call.Values())
        {
            result = choose(result, Coercion.ToNumber(value, call.Budget));
        }

        return LogicValue.Of(result);
    }
}
