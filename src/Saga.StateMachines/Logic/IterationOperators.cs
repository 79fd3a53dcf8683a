using System.Text.Json;

namespace Saga.StateMachines.Logic;

/// <summary>
/// Operators that evaluate their second argument for each element of their first, which is then all the data it sees.
/// What is no list counts as an empty one. Without a second argument there is nothing to evaluate, and nothing is falsy.
/// </summary>
internal static class IterationOperators
{
    public static LogicValue Map(in LogicCall call)
    {
        var rules = call.Rules();
        var results = new List<LogicValue>();
        foreach (var element in ElementsOf(call, rules))
        {
            results.Add(call.Evaluate(RuleOf(rules), element));
        }

        return call.List([.. results]);
    }

    public static LogicValue Filter(in LogicCall call)
    {
        var rules = call.Rules();
        var kept = new List<LogicValue>();
        foreach (var element in ElementsOf(call, rules))
        {
            if (Coercion.IsTruthy(call.Evaluate(RuleOf(rules), element)))
            {
                kept.Add(element);
            }
        }

        return call.List([.. kept]);
    }

    public static LogicValue Reduce(in LogicCall call)
    {
        var rules = call.Rules();
        var elements = ElementsOf(call, rules);
        var accumulator = rules.Length > 2 ? call.Evaluate(rules[2]) : LogicValue.Null;
        foreach (var element in elements)
        {
            accumulator = call.Evaluate(RuleOf(rules), LogicScope.Of(element, accumulator, call.Budget));
        }

        return accumulator;
    }

    /// <summary>Of no elements, all are not.</summary>
    public static LogicValue All(in LogicCall call)
    {
        var rules = call.Rules();
        var isEmpty = true;
        foreach (var element in ElementsOf(call, rules))
        {
            isEmpty = false;
            if (!Coercion.IsTruthy(call.Evaluate(RuleOf(rules), element)))
            {
                return LogicValue.Of(false);
            }
        }

        return LogicValue.Of(!isEmpty);
    }

    public static LogicValue None(in LogicCall call) => LogicValue.Of(!IsAny(call));

    public static LogicValue Some(in LogicCall call) => LogicValue.Of(IsAny(call));

    private static bool IsAny(in LogicCall call)
    {
        var rules = call.Rules();
        foreach (var element in ElementsOf(call, rules))
        {
            if (Coercion.IsTruthy(call.Evaluate(RuleOf(rules), element)))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<LogicValue> ElementsOf(in LogicCall call, JsonElement[] rules)
    {
        var list = rules.Length > 0 ? call.Evaluate(rules[0]) : LogicValue.Undefined;
        return list.Kind == LogicKind.List ? list.Elements(call.Budget) : [];
    }

    private static JsonElement RuleOf(JsonElement[] rules) => rules.Length > 1 ? rules[1] : default;
}
