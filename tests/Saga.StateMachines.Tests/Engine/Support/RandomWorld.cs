using System.Text.Json;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>
/// Everything around a run: workers and child runs answer in any order, repeat themselves and take back a failure, timers fire and signals come
/// at any moment, and people interfere. Between every two events the run is rebuilt from its stored text.
/// </summary>
internal sealed class RandomWorld
{
    private const int MostEvents = 20_000;

    private readonly Plan _plan;
    private readonly RandomWorkers _workers;
    private readonly SimulatedTables _tables = new(RandomPlan.Input);
    private readonly List<RunEvent> _mail = [new RunEvent.Begin()];
    private readonly List<RunEvent> _delivered = [];
    private readonly List<Happening> _history = [];
    private readonly Dictionary<long, List<RunEvent>> _answers = [];
    private readonly HashSet<int> _longRunning = [];
    private readonly Dictionary<int, AwaitedSignals> _waits = [];
    private RunState _state;
    private int _signals;

    private RandomWorld(Plan plan, RandomWorkers workers)
    {
        _plan = plan;
        _workers = workers;
        _state = RunState.Accept(_plan);
    }

    /// <summary>Plays the tape, and then lets come whatever is still to come.</summary>
    public static History Play(Tape tape, bool isSequential = false)
    {
        var world = new RandomWorld(RandomPlan.Of(tape.Shape, isSequential: isSequential), new RandomWorkers(tape.Behaviours, mayFail: true));
        foreach (var choice in tape.Story)
        {
            world.Happen(world.Choose(choice));
        }

        world.PlayOn(order: 7);
        if (world._state.Status == RunStatus.Completed && tape.Behaviours.Length % 2 == 0)
        {
            world.Happen(new RunEvent.RollBack());
            world.PlayOn(order: 3);
        }

        return new History(world._plan, world._history);
    }

    /// <summary>Plays a run in which nothing fails and nobody interferes; only the order in which things happen is taken from the tape.</summary>
    public static History PlayWithoutFailures(byte[] shape, byte[] behaviours, byte[] story, bool rollBack = false)
    {
        var world = new RandomWorld(RandomPlan.Of(shape, mayFail: false), new RandomWorkers(behaviours, mayFail: false));
        foreach (var choice in story)
        {
            world.Happen(world._mail.Count > 0 ? world.TakeMail(choice) : world.NextThatMustCome() ?? new RunEvent.Wake());
        }

        world.PlayOn(story.Length);
        if (rollBack)
        {
            world.Happen(new RunEvent.RollBack());
            world.PlayOn(story.Length);
        }

        return new History(world._plan, world._history);
    }

    /// <summary>Delivers what is under way, lets timers fire, signals come and children end, until the run has ended.</summary>
    private void PlayOn(int order)
    {
        while (_mail.Count > 0 || !_state.Status.IsEnd())
        {
            if (_history.Count > MostEvents)
            {
                throw new InvalidOperationException($"After {MostEvents} events the run has not ended: {_state}.");
            }

            Happen(_mail.Count > 0 ? TakeMail(_history.Count * order)
                : NextThatMustCome() ?? throw new InvalidOperationException($"Nothing is outstanding, and the run has not ended: {_state}."));
        }
    }

    private RunEvent Choose(byte choice) => choice switch
    {
        < 170 when _mail.Count > 0 => TakeMail(choice),
        < 195 when _delivered.Count > 0 => Again(_delivered[choice % _delivered.Count]),
        < 205 => new RunEvent.Wake(),
        < 209 => new RunEvent.Cancel(),
        < 216 => new RunEvent.RollBack(),
        < 232 => SignalOf($"s{choice % 3}"),
        _ => RandomEvent.Of(_plan, _state, (choice * 31) + _history.Count),
    };

    /// <summary>A signal that comes again is another signal: the engine is told each once.</summary>
    private RunEvent Again(RunEvent runEvent) => runEvent is RunEvent.Signal signal ? SignalOf(signal.Received.Name) : runEvent;

    private RunEvent.Signal SignalOf(string name) => new(new ReceivedSignal(++_signals, name, JsonElement.Parse("1"), Walk.Now));

    private RunEvent? NextThatMustCome()
    {
        foreach (var node in _longRunning)
        {
            // One that nobody cancelled ends by itself only when somebody still waits for it to.
            if (_state.Error is null && !_state.CancelRequested && IsInsideOfOpen(node))
            {
                _longRunning.Remove(node);
                return RandomWorkers.Completes(node);
            }
        }

        foreach (var (node, awaited) in _waits)
        {
            if (_state.Nodes[node] == NodeStatus.Waiting
                && awaited.Names.FirstOrDefault(name => !_tables.Inbox.Exists(signal => signal.Name == name)) is { } missing)
            {
                return SignalOf(missing);
            }
        }

        return null;
    }

    private bool IsInsideOfOpen(int node)
    {
        var shape = new RunShape(_plan, _state.Blocks);
        return Ancestors.Of(shape, _state.Blocks, node).All(outer => _state.Nodes[outer] == NodeStatus.Open);
    }

    private RunEvent TakeMail(int choice)
    {
        var position = (int)((uint)choice % (uint)_mail.Count);
        var mail = _mail[position];
        _mail.RemoveAt(position);
        return mail;
    }

    private void Happen(RunEvent runEvent)
    {
        var decision = _tables.Decide(_plan, _state, runEvent, Walk.Now);
        _tables.Take(runEvent, decision);
        _history.Add(new Happening(_state, runEvent, decision, _tables.Inbox.Count));
        _delivered.Add(runEvent);
        _state = ReferenceEquals(decision.State, _state) ? _state : StoredState.Reload(decision.State);
        var shape = new RunShape(_plan, _state.Blocks);
        foreach (var command in decision.Commands)
        {
            Answer(shape, command);
        }

        foreach (var child in decision.ChildrenToCancel.Where(_longRunning.Remove))
        {
            _mail.Add(RandomWorkers.IsRolledBack(child));
        }

        foreach (var change in decision.Ledger)
        {
            SetTimer(change);
        }
    }

    private void Answer(RunShape shape, Command command)
    {
        if (!_answers.TryGetValue(command.Dispatch.DispatchId, out var answers))
        {
            answers = [.. _workers.Answers(shape.NameOf(command.Dispatch.Node), command)];
            _answers.Add(command.Dispatch.DispatchId, answers);
            if (answers.Count == 0)
            {
                _longRunning.Add(command.Dispatch.Node);
            }
        }

        _mail.AddRange(answers);
    }

    private void SetTimer(LedgerChange change)
    {
        switch (change)
        {
            case LedgerChange.NodeRetrying retrying:
                _mail.Add(new RunEvent.Due(change.Node, retrying.WakeId));
                break;
            case LedgerChange.CompensationRetrying retrying:
                _mail.Add(new RunEvent.Due(change.Node, retrying.WakeId));
                break;
            case LedgerChange.NodeWaiting waiting:
                if (waiting.WakeAt is not null)
                {
                    _mail.Add(new RunEvent.Due(change.Node, waiting.WakeId));
                }

                if (waiting.Signals is { } signals)
                {
                    _waits[change.Node] = signals;
                }

                break;
        }
    }
}
