using System.Collections.Immutable;
using System.Text.Json;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine;

/// <summary>
/// The next state of a run while one event is applied. It copies the states of the nodes at the first change only, so that setting thousands
/// of nodes in motion at once costs one copy.
/// </summary>
internal sealed class RunDraft(Plan plan, RunState before, DateTimeOffset now)
{
    // With retries to come, the attempt will be that of the node.
    private const int FirstAttempt = 1;

    private readonly ImmutableArray<Dispatch>.Builder _commands = ImmutableArray.CreateBuilder<Dispatch>();
    private readonly ImmutableArray<LedgerChange>.Builder _ledger = ImmutableArray.CreateBuilder<LedgerChange>();
    private NodeStates _nodes = before.Nodes;
    private ImmutableArray<Dispatch> _dispatches = before.Dispatches;

    public Plan Plan => plan;

    /// <summary>The states so far. Read it anew after each change: the object may be another then.</summary>
    public NodeStates Nodes => _nodes;

    /// <summary>The dispatches from before whose answer still matters, without the commands of this event.</summary>
    public ImmutableArray<Dispatch> Dispatches => _dispatches;

    public RunStatus Status { get; set; } = before.Status;

    public bool CancelRequested { get; set; } = before.CancelRequested;

    public RunError? Error { get; set; } = before.Error;

    /// <summary>Nothing new may start: the run walks back as soon as nothing is in flight.</summary>
    public bool IsStopping => Status == RunStatus.Running && (CancelRequested || Error is not null);

    public void Execute(int node)
    {
        Set(node, NodeStatus.Running);
        Send(node, DispatchKind.Execute);
        _ledger.Add(new LedgerChange.NodeStarted(node, now, FirstAttempt));
    }

    public void Compensate(int node)
    {
        Set(node, NodeStatus.Compensating);
        Send(node, DispatchKind.Compensate);
        _ledger.Add(new LedgerChange.CompensationStarted(node, now, FirstAttempt));
    }

    public void RecordCompleted(int node, JsonElement? output)
    {
        Set(node, NodeStatus.Completed);
        _ledger.Add(new LedgerChange.NodeCompleted(node, now, output));
    }

    public void RecordFailed(int node, string code, string message)
    {
        Set(node, NodeStatus.Failed);
        _ledger.Add(new LedgerChange.NodeFailed(node, now, code, message));
    }

    public void RecordCompensated(int node, bool nothingToDo)
    {
        Set(node, NodeStatus.Compensated);
        _ledger.Add(new LedgerChange.NodeCompensated(node, now, nothingToDo));
    }

    public void RecordCompensationFailed(int node, string code, string message)
    {
        Set(node, NodeStatus.CompensationFailed);
        _ledger.Add(new LedgerChange.CompensationFailed(node, now, code, message));
    }

    /// <summary>No answer to that dispatch matters any more.</summary>
    public void Forget(Dispatch dispatch)
    {
        var position = DispatchList.PositionOf(_dispatches, dispatch.DispatchId);
        _dispatches = _dispatches.RemoveAt(position);
    }

    public void End(RunStatus end)
    {
        Status = end;
        _dispatches = [];
    }

    public Decision Decide() => new()
    {
        State = new RunState
        {
            Status = Status,
            Nodes = _nodes,
            Dispatches = _commands.Count == 0 ? _dispatches : _dispatches.AddRange(_commands),
            LastDispatchId = before.LastDispatchId + _commands.Count,
            CancelRequested = CancelRequested,
            Error = Error,
        },
        Commands = _commands.DrainToImmutable(),
        Ledger = _ledger.DrainToImmutable(),
    };

    private void Set(int node, NodeStatus status)
    {
        if (ReferenceEquals(_nodes, before.Nodes))
        {
            _nodes = before.Nodes.Copy();
        }

        _nodes.Set(node, status);
    }

    private void Send(int node, DispatchKind kind) =>
        _commands.Add(new Dispatch(node, FirstAttempt, before.LastDispatchId + _commands.Count + 1, kind));
}
