namespace Saga.StateMachines.Logic;

/// <summary>Operators about text.</summary>
internal static class TextOperators
{
    public static LogicValue Cat(in LogicCall call) => LogicValue.Of(Coercion.Join(call.Values(), "", call.Budget));

    /// <summary>
    /// A part of a text: from a start, which counts from the end when it is negative; of a length, or up to the end less a negative one.
    /// </summary>
    public static LogicValue Substr(in LogicCall call)
    {
        var values = call.Values();
        var text = Coercion.ToText(values.At(0), call.Budget);
        var start = ToInteger(Coercion.ToNumber(values.At(1), call.Budget).Double);
        var from = (int)Math.Clamp(start < 0 ? text.Length + start : start, 0, text.Length);
        var rest = text.Length - from;
        var length = (int)Math.Clamp(LengthOf(values.At(2), rest, call.Budget), 0, rest);
        call.Budget.SpendCharacters(length);
        return LogicValue.Of(text.Substring(from, length));
    }

    /// <summary>The argument. Nothing is written: a rule has no effects.</summary>
    public static LogicValue Log(in LogicCall call) => call.Values().At(0);

    private static double LengthOf(LogicValue length, int rest, LogicBudget budget)
    {
        if (length.Kind == LogicKind.Undefined)
        {
            return rest;
        }

        var number = Coercion.ToNumber(length, budget).Double;
        if (number >= 0 || double.IsNaN(number))
        {
            return ToInteger(number);
        }

        // The reference adds with `+`, which for a negative number in a text appends it, and that is no number.
        return length.Kind == LogicKind.Number ? ToInteger(rest + number) : 0;
    }

    private static double ToInteger(double number) => double.IsNaN(number) ? 0 : Math.Truncate(number);
}
