using System.Collections.Immutable;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine;

/// <summary>All the engine has to know of a run besides its plan. It is small, because it is stored with every step.</summary>
public sealed record RunState
{
    /// <summary>Where the run stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Where its nodes stand.</summary>
    public required NodeStates Nodes { get; init; }

    /// <summary>The nodes that were laid out since it began: items of maps and iterations of loops.</summary>
    public ImmutableArray<Block> Blocks { get; init; } = [];

    /// <summary>
    /// The dispatches whose answer still matters, in order of their ids: those in flight, and waits; those of failed nodes, of which a late success
    /// must be recognised; and those of which it was recognised during the walk back, until they are compensated.
    /// </summary>
    public required ImmutableArray<Dispatch> Dispatches { get; init; }

    /// <summary>The highest dispatch id handed out; 0 when none was.</summary>
    public required long LastDispatchId { get; init; }

    /// <summary>What steps await, in order of their nodes.</summary>
    public ImmutableArray<AwaitedSignals> Awaits { get; init; } = [];

    /// <summary>How many signals were received that no node has taken.</summary>
    public int InboxCount { get; init; }

    /// <summary>True from the moment a cancel was accepted.</summary>
    public required bool CancelRequested { get; init; }

    /// <summary>Why the run walks or walked back, from the moment that is settled.</summary>
    public required RunError? Error { get; init; }

    /// <summary>The state of a run that was accepted and has not begun.</summary>
    public static RunState Accept(Plan plan) => new()
    {
        Status = RunStatus.Pending,
        Nodes = NodeStates.AllPending(plan.Root.Nodes.Length),
        Dispatches = [],
        LastDispatchId = 0,
        CancelRequested = false,
        Error = null,
    };

    /// <summary>True when the run waits for the answer to <paramref name="dispatch"/>, or for its moment.</summary>
    public bool IsInFlight(Dispatch dispatch) => Nodes[dispatch.Node] == StatusDuring(dispatch.Kind);

    internal static NodeStatus StatusDuring(DispatchKind kind) => kind switch
    {
        DispatchKind.Execute or DispatchKind.RunChild => NodeStatus.Running,
        DispatchKind.RetryExecution => NodeStatus.Retrying,
        DispatchKind.Wait => NodeStatus.Waiting,
        DispatchKind.RetryCompensation => NodeStatus.CompensationRetrying,
        _ => NodeStatus.Compensating,
    };
}
