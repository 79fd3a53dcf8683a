using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Tests.Engine.Support;

internal sealed record Happening(RunState Before, RunEvent Event, Decision Decision)
{
    public bool IsAccepted => Decision.Ignored is null;

    /// <summary>The commands that are new; a wake only repeats old ones.</summary>
    public IEnumerable<Dispatch> NewCommands => Decision.Commands.Select(command => command.Dispatch).Where(dispatch => dispatch.DispatchId > Before.LastDispatchId);
}

internal sealed record History(Plan Plan, IReadOnlyList<Happening> Happenings)
{
    public RunState Last => Happenings[^1].Decision.State;

    public IEnumerable<Happening> Accepted => Happenings.Where(happening => happening.IsAccepted);

    public IEnumerable<LedgerChange> Ledger => Happenings.SelectMany(happening => happening.Decision.Ledger);

    /// <summary>Every node that depends on <paramref name="node"/>, directly or not.</summary>
    public IReadOnlySet<int> DescendantsOf(int node)
    {
        var found = new HashSet<int>();
        var toVisit = new Stack<int>([node]);
        while (toVisit.TryPop(out var visited))
        {
            foreach (var dependent in Plan.Root.Dependents[visited].Where(found.Add))
            {
                toVisit.Push(dependent);
            }
        }

        return found;
    }
}
