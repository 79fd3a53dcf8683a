using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>
/// The workers and the broker around a run: they answer in any order, repeat themselves, take back a failure, and people interfere at any
/// moment. Between every two events the run is rebuilt from its stored text.
/// </summary>
internal sealed class RandomWorld
{
    private readonly Tape _tape;
    private readonly Plan _plan;
    private readonly List<RunEvent> _mail = [new RunEvent.Begin()];
    private readonly List<RunEvent> _delivered = [];
    private readonly List<Happening> _history = [];
    private readonly SimulatedTables _tables = new();
    private RunState _state;

    private RandomWorld(Tape tape)
    {
        _tape = tape;
        _plan = RandomPlan.Of(tape);
        _state = RunState.Accept(_plan);
    }

    /// <summary>Plays the tape, and then delivers whatever is still under way.</summary>
    public static History Play(Tape tape)
    {
        var world = new RandomWorld(tape);
        foreach (var choice in tape.Story)
        {
            world.Happen(world.Choose(choice));
        }

        while (world._mail.Count > 0)
        {
            world.Happen(world.TakeMail(world._history.Count));
        }

        return new History(world._plan, world._history);
    }

    private RunEvent Choose(byte choice) => choice switch
    {
        < 176 when _mail.Count > 0 => TakeMail(choice),
        < 200 when _delivered.Count > 0 => _delivered[choice % _delivered.Count],
        < 210 => new RunEvent.Wake(),
        < 214 => new RunEvent.Cancel(),
        < 226 => new RunEvent.RollBack(),
        _ => RandomEvent.Of(_plan, choice * 31 + _history.Count),
    };

    private RunEvent TakeMail(int choice)
    {
        var mail = _mail[choice % _mail.Count];
        _mail.RemoveAt(choice % _mail.Count);
        return mail;
    }

    private void Happen(RunEvent runEvent)
    {
        var decision = _tables.Decide(_plan, _state, runEvent, Walk.Now);
        _tables.Take(runEvent, decision);
        _history.Add(new Happening(_state, runEvent, decision));
        _delivered.Add(runEvent);
        _mail.AddRange(decision.Commands.SelectMany(command => Answers(command.Dispatch)));
        _state = ReferenceEquals(decision.State, _state) ? _state : StoredState.Reload(decision.State);
    }

    private IEnumerable<RunEvent> Answers(Dispatch command)
    {
        var name = _plan.Root.Nodes[command.Node].Name;
        var (attempt, id) = (command.Attempt, command.DispatchId);
        var behaviour = Tape.At(_tape.Behaviours, command.Node);
        return (command.Kind, behaviour) switch
        {
            (DispatchKind.Execute, >= 235) => [new RunEvent.StepFailed(name, attempt, id, "no", "No."), new RunEvent.StepSucceeded(name, attempt, id)],
            (DispatchKind.Execute, >= 205) => [new RunEvent.StepFailed(name, attempt, id, "no", "No.")],
            (DispatchKind.Execute, _) => [new RunEvent.StepSucceeded(name, attempt, id)],
            (_, _) when behaviour % 8 == 0 => [new RunEvent.StepCompensationFailed(name, attempt, id, "no", "No.")],
            _ => [new RunEvent.StepCompensated(name, attempt, id, NothingToDo: behaviour % 2 == 0)],
        };
    }
}
