using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>Events nobody would send: answers to dispatches, attempts and nodes that may not exist, in any status.</summary>
internal static class RandomEvent
{
    public static RunEvent Of(Plan plan, int random)
    {
        var node = Math.Abs(random / 8) % (plan.Root.Nodes.Length + 1);
        var name = node == plan.Root.Nodes.Length ? "nobody" : plan.Root.Nodes[node].Name;
        var attempt = random % 5 == 0 ? 2 : 1;
        var id = (random / 3 % ((2 * plan.Root.Nodes.Length) + 3)) - 1;
        return (Math.Abs(random) % 8) switch
        {
            0 => new RunEvent.Begin(),
            1 => new RunEvent.Cancel(),
            2 => new RunEvent.RollBack(),
            3 => new RunEvent.Wake(),
            4 => new RunEvent.StepSucceeded(name, attempt, id),
            5 => new RunEvent.StepFailed(name, attempt, id, "no", "No."),
            6 => new RunEvent.StepCompensated(name, attempt, id),
            _ => new RunEvent.StepCompensationFailed(name, attempt, id, "no", "No."),
        };
    }
}
