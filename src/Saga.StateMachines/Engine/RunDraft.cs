using System.Collections.Immutable;
using System.Text.Json;
using Saga.Contracts;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Engine;

/// <summary>
/// The next state of a run while one event is applied. It copies the states of the nodes at the first change only, so that setting thousands
/// of nodes in motion at once costs one copy.
/// </summary>
internal sealed class RunDraft(Plan plan, RunState before, DateTimeOffset now, RunValues values)
{
    public const int FirstAttempt = 1;

    private readonly ImmutableArray<Command>.Builder _commands = ImmutableArray.CreateBuilder<Command>();
    private readonly ImmutableArray<LedgerChange>.Builder _ledger = ImmutableArray.CreateBuilder<LedgerChange>();
    private readonly ImmutableArray<int>.Builder _childrenToCancel = ImmutableArray.CreateBuilder<int>();
    private readonly ImmutableArray<(int Signal, int Node)>.Builder _consumed = ImmutableArray.CreateBuilder<(int, int)>();
    private readonly HashSet<int> _cancelled = [];
    private readonly HashSet<int> _consumedNumbers = [];
    private readonly SortedSet<int> _needed = [];
    private NodeStates _nodes = before.Nodes;
    private ImmutableArray<Block> _blocks = before.Blocks;
    private List<Dispatch>? _added;
    private long _lastDispatchId = before.LastDispatchId;
    private bool _needsInbox;

    public Plan Plan => plan;

    public DateTimeOffset Now => now;

    public RunValues Values => values;

    /// <summary>All nodes there are. Read it anew after <see cref="LayOut"/>.</summary>
    public RunShape Shape { get; private set; } = new(plan, before.Blocks);

    /// <summary>The states so far. Read it anew after each change: the object may be another then.</summary>
    public NodeStates Nodes => _nodes;

    /// <summary>The dispatches from before whose answer still matters, without those of this event.</summary>
    public ImmutableArray<Dispatch> Dispatches { get; private set; } = before.Dispatches;

    /// <summary>All dispatches whose answer still matters, those of this event among them.</summary>
    public IEnumerable<Dispatch> Outstanding => _added is null ? Dispatches : Dispatches.Concat(_added);

    /// <summary>Signals were waiting to be taken before this event.</summary>
    public bool HadSignals => before.InboxCount > 0;

    public ImmutableArray<AwaitedSignals> Awaits { get; set; } = before.Awaits;

    public RunStatus Status { get; set; } = before.Status;

    public bool CancelRequested { get; set; } = before.CancelRequested;

    public RunError? Error { get; set; } = before.Error;

    public string? Context { get; set; }

    public JsonElement? Output { get; set; }

    /// <summary>Why the run returns nothing, although its plan says what.</summary>
    public (string Code, string Message)? OutputLost { get; set; }

    /// <summary>How many signals stay in the inbox, not counting those consumed now.</summary>
    public int Received { get; set; } = before.InboxCount;

    /// <summary>Nothing new may start: the run walks back as soon as nothing is in flight.</summary>
    public bool IsStopping => Status == RunStatus.Running && (CancelRequested || Error is not null);

    /// <summary>Something must be read before the event can be applied.</summary>
    public bool IsIncomplete => _needed.Count > 0 || _needsInbox;

    /// <summary>Nothing of what it is inside of has failed or ended.</summary>
    public bool IsInsideOfOpen(int node) => Shape.PlaceOf(node).Parent is var parent && (parent < 0 || _nodes[parent] == NodeStatus.Open);

    public void Need(int node) => _needed.Add(node);

    public void NeedInbox() => _needsInbox = true;

    public void Set(int node, NodeStatus status)
    {
        if (ReferenceEquals(_nodes, before.Nodes))
        {
            _nodes = before.Nodes.Copy();
        }

        _nodes.Set(node, status);
    }

    public void Note(LedgerChange change) => _ledger.Add(change);

    /// <summary>Makes a dispatch that is not sent: a wait.</summary>
    public Dispatch Wait(int node, int attempt, DispatchKind kind)
    {
        var dispatch = new Dispatch(node, attempt, ++_lastDispatchId, kind);
        (_added ??= []).Add(dispatch);
        return dispatch;
    }

    /// <summary>Makes a dispatch and sends it to a node that was not told anything of the kind before.</summary>
    public void Send(int node, DispatchKind kind, JsonElement? input = null) =>
        _commands.Add(new Command(Wait(node, FirstAttempt, kind), input));

    /// <summary>Makes a dispatch and sends it to a node that was told before.</summary>
    public void SendAgain(int node, int attempt, DispatchKind kind, JsonElement? input = null, StepResumption? resumption = null) =>
        _commands.Add(new Command(Wait(node, attempt, kind), input, resumption, IsRepeat: true));

    /// <summary>Sends a dispatch that was made before once more.</summary>
    public void Repeat(Dispatch dispatch, JsonElement? input = null) => _commands.Add(new Command(dispatch, input, IsRepeat: true));

    public void CancelChild(int node)
    {
        if (_cancelled.Add(node))
        {
            _childrenToCancel.Add(node);
        }
    }

    public void Consume(ReceivedSignal signal, int node)
    {
        _consumedNumbers.Add(signal.Number);
        _consumed.Add((signal.Number, node));
    }

    /// <summary>True when a node was handed that signal while this event was applied.</summary>
    public bool IsConsumed(ReceivedSignal signal) => _consumedNumbers.Contains(signal.Number);

    /// <summary>No answer to that dispatch matters any more.</summary>
    public void Forget(Dispatch dispatch)
    {
        var position = DispatchList.PositionOf(Dispatches, dispatch.DispatchId);
        if (position >= 0)
        {
            Dispatches = Dispatches.RemoveAt(position);
        }
        else
        {
            _added?.Remove(dispatch);
        }
    }

    /// <summary>Drops what is outstanding at those nodes.</summary>
    public void ForgetAll(IReadOnlySet<int> nodes)
    {
        Dispatches = Dispatches.RemoveAll(dispatch => nodes.Contains(dispatch.Node));
        _added?.RemoveAll(dispatch => nodes.Contains(dispatch.Node));
        Awaits = Awaits.RemoveAll(awaited => nodes.Contains(awaited.Node));
    }

    /// <summary>Makes room for items or iterations, all pending.</summary>
    public Block LayOut(int owner, int graph, int count, int firstOrdinal)
    {
        var block = new Block(owner, graph, _nodes.Count, count, firstOrdinal);
        _nodes = _nodes.Grown(count * plan.Graphs[graph].Nodes.Length);
        _blocks = _blocks.Add(block);
        Shape = new RunShape(plan, _blocks);
        return block;
    }

    /// <summary>The positions of the items of a map or the iterations of a loop, in order, as far as they are laid out.</summary>
    public IEnumerable<int> SeriesOf(int owner)
    {
        foreach (var block in Shape.BlocksOf(owner))
        {
            var stride = plan.Graphs[block.Graph].Nodes.Length;
            for (var i = 0; i < block.Count; i++)
            {
                yield return block.Start + (i * stride);
            }
        }
    }

    /// <summary>The same from the last to the first.</summary>
    public IEnumerable<int> SeriesFromTheBackOf(int owner)
    {
        foreach (var block in Shape.BlocksOf(owner).Reverse())
        {
            var stride = plan.Graphs[block.Graph].Nodes.Length;
            for (var i = block.Count - 1; i >= 0; i--)
            {
                yield return block.Start + (i * stride);
            }
        }
    }

    public void End(RunStatus end)
    {
        Status = end;
        Dispatches = [];
        _added = null;
        Awaits = [];
    }

    public Decision Decide() => IsIncomplete
        ? new Decision { State = before, Needs = new Needs([.. _needed], _needsInbox) }
        : new Decision
        {
            State = new RunState
            {
                Status = Status,
                Nodes = _nodes,
                Blocks = _blocks,
                Dispatches = _added is null ? Dispatches : Dispatches.AddRange(_added),
                LastDispatchId = _lastDispatchId,
                Awaits = Awaits,
                InboxCount = Received - _consumed.Count,
                CancelRequested = CancelRequested,
                Error = Error,
            },
            Commands = _commands.DrainToImmutable(),
            ChildrenToCancel = _childrenToCancel.DrainToImmutable(),
            Ledger = _ledger.DrainToImmutable(),
            Consumed = _consumed.DrainToImmutable(),
            Context = Context,
            Output = Output,
            OutputLost = OutputLost,
        };
}
