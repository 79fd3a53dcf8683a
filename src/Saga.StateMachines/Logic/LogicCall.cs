using System.Text.Json;

namespace Saga.StateMachines.Logic;

/// <summary>An operation about to be done: its arguments as written, the data it sees, and the means to evaluate the one against the other.</summary>
internal readonly struct LogicCall(LogicMachine machine, JsonElement arguments, LogicValue data, int depth)
{
    public LogicBudget Budget => machine.Budget;

    public LogicValue Data { get; } = data;

    /// <summary>The arguments as rules. A single one that is no list need not be in one.</summary>
    public JsonElement[] Rules()
    {
        if (arguments.ValueKind != JsonValueKind.Array)
        {
            return [arguments];
        }

        return Budget.SpendElements(arguments.GetArrayLength()) ? [.. arguments.EnumerateArray()] : [];
    }

    /// <summary>The values of all arguments.</summary>
    public LogicValue[] Values()
    {
        var rules = Rules();
        var values = new LogicValue[rules.Length];
        for (var i = 0; i < rules.Length && !Budget.IsStopped; i++)
        {
            values[i] = Evaluate(rules[i]);
        }

        return values;
    }

    public LogicValue Evaluate(JsonElement rule) => Evaluate(rule, Data);

    /// <summary>A rule whose variables are those of one element of a list.</summary>
    public LogicValue Evaluate(JsonElement rule, LogicValue element) => machine.Evaluate(rule, element, depth + 1);

    public LogicValue List(LogicValue[] items) => LogicList.Of(items, Budget);
}
