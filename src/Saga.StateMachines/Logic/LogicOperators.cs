namespace Saga.StateMachines.Logic;

/// <summary>Operators about truth. Those that choose evaluate no more than they need, and give the operand that decided.</summary>
internal static class LogicOperators
{
    /// <summary>Condition, value, condition, value, … and perhaps a last value for when no condition holds.</summary>
    public static LogicValue If(in LogicCall call)
    {
        var rules = call.Rules();
        for (var i = 0; i + 1 < rules.Length; i += 2)
        {
            if (Coercion.IsTruthy(call.Evaluate(rules[i])))
            {
                return call.Evaluate(rules[i + 1]);
            }
        }

        return rules.Length % 2 == 1 ? call.Evaluate(rules[^1]) : LogicValue.Null;
    }

    public static LogicValue And(in LogicCall call) => FirstThatIs(false, call);

    public static LogicValue Or(in LogicCall call) => FirstThatIs(true, call);

    public static LogicValue Not(in LogicCall call) => LogicValue.Of(!Coercion.IsTruthy(call.Values().At(0)));

    public static LogicValue NotNot(in LogicCall call) => LogicValue.Of(Coercion.IsTruthy(call.Values().At(0)));

    private static LogicValue FirstThatIs(bool truthy, in LogicCall call)
    {
        var value = LogicValue.Undefined;
        foreach (var rule in call.Rules())
        {
            value = call.Evaluate(rule);
            if (Coercion.IsTruthy(value) == truthy || call.Budget.IsStopped)
            {
                return value;
            }
        }

        return value;
    }
}
