namespace Saga.StateMachines.Logic;

/// <summary>The comparisons of JavaScript (ECMA-262 sections 7.2.13 to 7.2.15).</summary>
internal static class Comparison
{
    /// <summary>The operator ===. Lists and objects equal only themselves.</summary>
    public static bool AreIdentical(LogicValue a, LogicValue b, LogicBudget budget) => a.Kind == b.Kind && a.Kind switch
    {
        LogicKind.Undefined or LogicKind.Null => true,
        LogicKind.Boolean => a.IsTrue == b.IsTrue,
        LogicKind.Number => LogicNumber.AreEqual(a.Number(budget), b.Number(budget)),
        LogicKind.Text => a.Text(budget) == b.Text(budget),
        _ => a.IsSameAs(b),
    };

    /// <summary>The operator ==.</summary>
    public static bool AreEqual(LogicValue a, LogicValue b, LogicBudget budget)
    {
        if (a.Kind == b.Kind || a.IsNothing || b.IsNothing)
        {
            return (a.IsNothing && b.IsNothing) || AreIdentical(a, b, budget);
        }

        // A list and an object are never one, and their texts are not compared.
        if (IsCompound(a) && IsCompound(b))
        {
            return false;
        }

        (a, b) = (ToPrimitive(a, budget), ToPrimitive(b, budget));
        return a.Kind == LogicKind.Text && b.Kind == LogicKind.Text
            ? a.Text(budget) == b.Text(budget)
            : LogicNumber.AreEqual(Coercion.ToNumber(a, budget), Coercion.ToNumber(b, budget));
    }

    /// <summary>The operator &lt;. Two texts compare by their UTF-16 units, all else as numbers.</summary>
    public static bool IsLess(LogicValue a, LogicValue b, LogicBudget budget)
    {
        (a, b) = (ToPrimitive(a, budget), ToPrimitive(b, budget));
        return a.Kind == LogicKind.Text && b.Kind == LogicKind.Text
            ? string.CompareOrdinal(a.Text(budget), b.Text(budget)) < 0
            : LogicNumber.IsLess(Coercion.ToNumber(a, budget), Coercion.ToNumber(b, budget));
    }

    /// <summary>The operator &lt;=, which is not the contrary of &gt;: with something that is no number, neither holds.</summary>
    public static bool IsLessOrEqual(LogicValue a, LogicValue b, LogicBudget budget)
    {
        (a, b) = (ToPrimitive(a, budget), ToPrimitive(b, budget));
        if (a.Kind == LogicKind.Text && b.Kind == LogicKind.Text)
        {
            return string.CompareOrdinal(a.Text(budget), b.Text(budget)) <= 0;
        }

        var (left, right) = (Coercion.ToNumber(a, budget), Coercion.ToNumber(b, budget));
        return LogicNumber.IsLess(left, right) || LogicNumber.AreEqual(left, right);
    }

    private static bool IsCompound(LogicValue value) => value.Kind is LogicKind.List or LogicKind.Object;

    private static LogicValue ToPrimitive(LogicValue value, LogicBudget budget) =>
        IsCompound(value) ? LogicValue.Of(Coercion.ToText(value, budget)) : value;
}
