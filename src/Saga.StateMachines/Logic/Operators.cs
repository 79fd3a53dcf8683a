using System.Collections.Frozen;

namespace Saga.StateMachines.Logic;

internal delegate LogicValue Operator(in LogicCall call);

/// <summary>All operators of the public specification.</summary>
internal static class Operators
{
    public static FrozenDictionary<string, Operator> All { get; } = new Dictionary<string, Operator>(StringComparer.Ordinal)
    {
        ["var"] = DataOperators.Var,
        ["missing"] = DataOperators.Missing,
        ["missing_some"] = DataOperators.MissingSome,

        ["if"] = LogicOperators.If,
        ["?:"] = LogicOperators.If,
        ["and"] = LogicOperators.And,
        ["or"] = LogicOperators.Or,
        ["!"] = LogicOperators.Not,
        ["!!"] = LogicOperators.NotNot,

        ["=="] = CompareOperators.Equal,
        ["==="] = CompareOperators.Identical,
        ["!="] = CompareOperators.NotEqual,
        ["!=="] = CompareOperators.NotIdentical,
        ["<"] = CompareOperators.Less,
        ["<="] = CompareOperators.LessOrEqual,
        [">"] = CompareOperators.Greater,
        [">="] = CompareOperators.GreaterOrEqual,

        ["+"] = ArithmeticOperators.Add,
        ["-"] = ArithmeticOperators.Subtract,
        ["*"] = ArithmeticOperators.Multiply,
        ["/"] = ArithmeticOperators.Divide,
        ["%"] = ArithmeticOperators.Remainder,
        ["max"] = ArithmeticOperators.Max,
        ["min"] = ArithmeticOperators.Min,

        ["map"] = IterationOperators.Map,
        ["filter"] = IterationOperators.Filter,
        ["reduce"] = IterationOperators.Reduce,
        ["all"] = IterationOperators.All,
        ["none"] = IterationOperators.None,
        ["some"] = IterationOperators.Some,

        ["merge"] = ListOperators.Merge,
        ["in"] = ListOperators.In,

        ["cat"] = TextOperators.Cat,
        ["substr"] = TextOperators.Substr,
        ["log"] = TextOperators.Log,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The value of an argument that may not be there.</summary>
    public static LogicValue At(this LogicValue[] values, int index) => index < values.Length ? values[index] : LogicValue.Undefined;
}
