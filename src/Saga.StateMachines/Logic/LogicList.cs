namespace Saga.StateMachines.Logic;

/// <summary>A list that an operation made.</summary>
internal sealed class LogicList
{
    private LogicList(LogicValue[] items, int depth)
    {
        Items = items;
        Depth = depth;
    }

    public LogicValue[] Items { get; }

    public int Depth { get; }

    /// <summary>The list as a value. A <c>reduce</c> can put each list into the next, so that its depth needs a limit of its own.</summary>
    public static LogicValue Of(LogicValue[] items, LogicBudget budget)
    {
        var depth = 0;
        foreach (var item in items)
        {
            depth = Math.Max(depth, item.Depth);
        }

        if (depth >= JsonLogic.MaxDepth)
        {
            budget.Stop(LogicProblemCode.TooDeep);
        }

        return budget.IsStopped ? LogicValue.Undefined : LogicValue.Of(new LogicList(items, depth + 1));
    }
}
