namespace Saga.StateMachines.Plans.Reading;

/// <summary>A <see cref="PlanGraph"/> to be.</summary>
internal sealed class DraftGraph
{
    private readonly List<DraftGraph> _all;

    private DraftGraph(List<DraftGraph> all, int depth)
    {
        _all = all;
        Id = all.Count;
        Depth = depth;
        all.Add(this);
    }

    /// <summary>Its <see cref="PlanGraph.Id"/>.</summary>
    public int Id { get; }

    /// <summary>How many maps and loops it is inside of.</summary>
    public int Depth { get; }

    /// <summary>How many nodes have a position in it by now.</summary>
    public int Count { get; set; }

    /// <summary>All graphs of the plan.</summary>
    public IReadOnlyList<DraftGraph> All => _all;

    public static DraftGraph OfPlan() => new([], 0);

    /// <summary>The graph of the body of a map or loop in this one.</summary>
    public DraftGraph Inner() => new(_all, Depth + 1);
}
