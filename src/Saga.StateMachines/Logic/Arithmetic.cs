namespace Saga.StateMachines.Logic;

/// <summary>
/// Calculates with doubles, as JavaScript does, as long as everything is below 2^53, and beyond with all digits. A result that is
/// neither whole nor a double ends the evaluation.
/// </summary>
internal static class Arithmetic
{
    private delegate ExactNumber Calculation(ExactNumber a, ExactNumber b);

    public static LogicNumber Add(LogicNumber a, LogicNumber b, LogicBudget budget) =>
        TryAsDoubles(a, b, a.Double + b.Double, out var sum) ? sum : Exactly(a, b, ExactNumber.Sum, budget);

    public static LogicNumber Multiply(LogicNumber a, LogicNumber b, LogicBudget budget) =>
        TryAsDoubles(a, b, a.Double * b.Double, out var product) ? product : Exactly(a, b, ExactNumber.Product, budget);

    public static LogicNumber Divide(LogicNumber a, LogicNumber b, LogicBudget budget) =>
        TryAsDoubles(a, b, a.Double / b.Double, out var quotient) || b.IsZero
            ? quotient
            : ExactNumber.Quotient(ExactNumber.Of(a), ExactNumber.Of(b), budget);

    public static LogicNumber Remainder(LogicNumber a, LogicNumber b, LogicBudget budget)
    {
        // Of division by infinity, everything is left.
        if (a.IsFinite && !b.IsFinite && !b.IsNaN)
        {
            return a;
        }

        return TryAsDoubles(a, b, a.Double % b.Double, out var rest) || b.IsZero ? rest : Exactly(a, b, ExactNumber.Remainder, budget);
    }

    /// <summary>
    /// True when JavaScript's result counts: the numbers and the result are below 2^53, or one of the numbers is none.
    /// </summary>
    private static bool TryAsDoubles(LogicNumber a, LogicNumber b, double result, out LogicNumber number)
    {
        number = LogicNumber.Of(result);
        return !a.IsFinite || !b.IsFinite || !(a.IsExact || b.IsExact || number.IsExact);
    }

    private static LogicNumber Exactly(LogicNumber a, LogicNumber b, Calculation calculate, LogicBudget budget) =>
        calculate(ExactNumber.Of(a), ExactNumber.Of(b)).ToNumber(budget);
}
