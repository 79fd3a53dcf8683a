namespace Saga.StateMachines.Logic;

/// <summary>The data that the rule of a <c>reduce</c> sees: <c>{"current": …, "accumulator": …}</c>.</summary>
internal sealed class LogicScope
{
    private LogicScope(LogicValue current, LogicValue accumulator)
    {
        Current = current;
        Accumulator = accumulator;
        Depth = Math.Max(current.Depth, accumulator.Depth) + 1;
    }

    public LogicValue Current { get; }

    public LogicValue Accumulator { get; }

    public int Depth { get; }

    public static LogicValue Of(LogicValue current, LogicValue accumulator, LogicBudget budget)
    {
        var scope = new LogicScope(current, accumulator);
        if (scope.Depth > JsonLogic.MaxDepth)
        {
            budget.Stop(LogicProblemCode.TooDeep);
        }

        return LogicValue.Of(scope);
    }
}
