using System.Text.Json;

namespace Saga.StateMachines.Logic;

/// <summary>Walks a rule and does its operations.</summary>
internal sealed class LogicMachine(LogicBudget budget)
{
    public LogicBudget Budget => budget;

    public LogicValue Evaluate(JsonElement rule, LogicValue data, int depth)
    {
        if (!budget.SpendOperation())
        {
            return LogicValue.Undefined;
        }

        if (rule.ValueKind == JsonValueKind.Array)
        {
            return MayGoDeeper(depth) ? EvaluateEach(rule, data, depth) : LogicValue.Undefined;
        }

        if (!RuleShape.IsOperation(rule, out var name, out var arguments))
        {
            return LogicValue.Of(rule);
        }

        if (!Operators.All.TryGetValue(name, out var operation))
        {
            budget.Stop(LogicProblemCode.UnknownOperator);
            return LogicValue.Undefined;
        }

        return MayGoDeeper(depth) ? operation(new LogicCall(this, arguments, data, depth)) : LogicValue.Undefined;
    }

    private LogicValue EvaluateEach(JsonElement rules, LogicValue data, int depth)
    {
        if (!budget.SpendElements(rules.GetArrayLength()))
        {
            return LogicValue.Undefined;
        }

        var values = new LogicValue[rules.GetArrayLength()];
        var i = 0;
        foreach (var rule in rules.EnumerateArray())
        {
            if (budget.IsStopped)
            {
                break;
            }

            values[i++] = Evaluate(rule, data, depth + 1);
        }

        return LogicList.Of(values, budget);
    }

    private bool MayGoDeeper(int depth)
    {
        if (depth >= JsonLogic.MaxDepth)
        {
            budget.Stop(LogicProblemCode.TooDeep);
        }

        return !budget.IsStopped;
    }
}
