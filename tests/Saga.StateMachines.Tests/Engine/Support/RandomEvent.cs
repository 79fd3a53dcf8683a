using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>Events nobody would send: to dispatches, attempts and nodes that may not exist, in any status.</summary>
internal static class RandomEvent
{
    private const int Kinds = 13;

    public static RunEvent Of(Plan plan, RunState state, int random)
    {
        var number = Math.Abs((long)random);
        var index = (int)(number / Kinds % (state.Nodes.Count + 2)) - 1;
        var name = index < 0 || index >= state.Nodes.Count ? "nobody" : new RunShape(plan, state.Blocks).NameOf(index);
        var attempt = random % 5 == 0 ? 2 : 1;
        var id = (number / 3 % (state.LastDispatchId + 3)) - 1;
        return (number % Kinds) switch
        {
            0 => new RunEvent.Begin(),
            1 => new RunEvent.Wake(),
            2 => new RunEvent.Wake(),
            3 => new RunEvent.Due(index, id),
            4 => new RunEvent.StepSucceeded(name, attempt, id),
            5 => new RunEvent.StepFailed(name, attempt, id, "no", "No.", Retryable: random % 2 == 0, random % 7 == 0 ? TimeSpan.MinValue : null),
            6 => new RunEvent.StepCompensated(name, attempt, id),
            7 => new RunEvent.StepCompensationFailed(name, attempt, id, "no", "No.", Retryable: random % 2 == 0),
            8 => new RunEvent.StepAwaits(name, attempt, id, default, All: random % 2 == 0, random % 4 == 0 ? TimeSpan.MaxValue : null, default),
            9 => new RunEvent.ChildEnded(index, Guid.Empty, (RunStatus)(number / 7 % 6), default, default),
            10 => new RunEvent.ChildRefused(index, "no", "No."),
            11 => new RunEvent.Cancel(),
            _ => new RunEvent.RollBack(),
        };
    }
}
