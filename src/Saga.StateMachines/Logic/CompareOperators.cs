namespace Saga.StateMachines.Logic;

/// <summary>Operators that compare. Only the two that ask for less take a third operand, and then ask whether the second lies between.</summary>
internal static class CompareOperators
{
    private delegate bool Relation(LogicValue a, LogicValue b, LogicBudget budget);

    public static LogicValue Equal(in LogicCall call) => Of(call, Comparison.AreEqual, expected: true);

    public static LogicValue NotEqual(in LogicCall call) => Of(call, Comparison.AreEqual, expected: false);

    public static LogicValue Identical(in LogicCall call) => Of(call, Comparison.AreIdentical, expected: true);

    public static LogicValue NotIdentical(in LogicCall call) => Of(call, Comparison.AreIdentical, expected: false);

    public static LogicValue Greater(in LogicCall call) =>
        Of(call, (left, right, budget) => Comparison.IsLess(right, left, budget), expected: true);

    public static LogicValue GreaterOrEqual(in LogicCall call) =>
        Of(call, (left, right, budget) => Comparison.IsLessOrEqual(right, left, budget), expected: true);

    public static LogicValue Less(in LogicCall call) => Between(call, Comparison.IsLess);

    public static LogicValue LessOrEqual(in LogicCall call) => Between(call, Comparison.IsLessOrEqual);

    private static LogicValue Of(in LogicCall call, Relation relation, bool expected)
    {
        var values = call.Values();
        return LogicValue.Of(relation(values.At(0), values.At(1), call.Budget) == expected);
    }

    private static LogicValue Between(in LogicCall call, Relation relation)
    {
        var values = call.Values();
        return LogicValue.Of(relation(values.At(0), values.At(1), call.Budget)
            && (values.At(2).Kind == LogicKind.Undefined || relation(values.At(1), values.At(2), call.Budget)));
    }
}
