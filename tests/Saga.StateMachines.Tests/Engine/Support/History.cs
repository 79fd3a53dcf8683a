using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>An event and what the engine decided; and how many signals there were afterwards that no node had taken.</summary>
internal sealed record Happening(RunState Before, RunEvent Event, Decision Decision, int Inbox)
{
    public bool IsAccepted => Decision.Ignored is null;

    public RunState After => Decision.State;

    /// <summary>The commands that are new; a wake only repeats old ones.</summary>
    public IEnumerable<Dispatch> NewCommands => Decision.Commands.Select(command => command.Dispatch).Where(dispatch => dispatch.DispatchId > Before.LastDispatchId);
}

internal sealed record History(Plan Plan, IReadOnlyList<Happening> Happenings)
{
    public RunState Last => Happenings[^1].Decision.State;

    public RunShape Shape => new(Plan, Last.Blocks);

    public IEnumerable<Happening> Accepted => Happenings.Where(happening => happening.IsAccepted);

    public IEnumerable<LedgerChange> Ledger => Happenings.SelectMany(happening => happening.Decision.Ledger);

    /// <summary>The nodes that did something, or may have: steps and child runs that completed or will not say.</summary>
    public IReadOnlySet<int> Effective => Ledger
        .Where(change => change is LedgerChange.NodeCompleted or LedgerChange.NodeUnknown && Shape.NodeAt(change.Node) is StepNode or ChildNode)
        .Select(change => change.Node).ToHashSet();

    /// <summary>The status of every node that is not pending, by its name: where nodes stand depends on the order in which items were laid out.</summary>
    public IReadOnlyDictionary<string, NodeStatus> Statuses => Enumerable.Range(0, Last.Nodes.Count)
        .Where(node => Last.Nodes[node] != NodeStatus.Pending)
        .ToDictionary(Shape.NameOf, node => Last.Nodes[node], StringComparer.Ordinal);
}
