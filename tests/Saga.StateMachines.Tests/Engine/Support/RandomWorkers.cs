using System.Text.Json;
using Saga.StateMachines.Engine;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>
/// What the step workers and the child runs say. It depends on the names of nodes alone, so that it is the same in whatever order things happen.
/// </summary>
internal sealed class RandomWorkers(byte[] behaviours, bool mayFail)
{
    private const byte Success = 5;
    private const byte LateSuccess = 243;

    private static readonly JsonElement _output = JsonElement.Parse("""{"v":1,"list":["a","b"]}""");

    /// <summary>The answers to a command, in the order they are sent; none is a child that runs until somebody cancels it, or very long.</summary>
    public IEnumerable<RunEvent> Answers(string name, Command command) => command.Dispatch.Kind switch
    {
        DispatchKind.Execute => Execute(name, command),
        DispatchKind.Compensate => Compensate(name, command.Dispatch),
        DispatchKind.RunChild => RunChild(name, command.Dispatch),
        _ => RollBackChild(name, command.Dispatch),
    };

    public static byte SucceedsOrSucceedsLate(byte behaviour) => behaviour % 5 == 0 ? LateSuccess : Success;

    public static RunEvent Completes(int node) => new RunEvent.ChildEnded(node, Guid.Empty, RunStatus.Completed, _output, null);

    public static RunEvent IsRolledBack(int node) => new RunEvent.ChildEnded(node, Guid.Empty, RunStatus.RolledBack, null, null);

    private int BehaviourOf(string name)
    {
        // The first byte decides for most tapes; a name only shifts it.
        var hash = 17;
        foreach (var letter in name)
        {
            hash = ((hash * 31) + letter) & 0xffff;
        }

        return Tape.At(behaviours, hash % Math.Max(1, behaviours.Length));
    }

    private IEnumerable<RunEvent> Execute(string name, Command command)
    {
        var (_, attempt, id, _) = command.Dispatch;
        var success = new RunEvent.StepSucceeded(name, attempt, id, attempt % 2 == 0 ? null : _output);
        var behaviour = BehaviourOf(name);
        var awaits = new RunEvent.StepAwaits(
            name, attempt, id, [.. RandomWaits.Names(behaviour)], All: behaviour % 3 == 0, mayFail && behaviour % 2 == 0 ? TimeSpan.FromHours(1) : null, Snapshot: null);
        if (!mayFail)
        {
            return behaviour is >= 185 and < 205 && command.Resumption is null ? [awaits] : [success];
        }

        return behaviour switch
        {
            < 185 => [success],
            < 205 => command.Resumption is null ? [awaits] : [success],
            < 216 when attempt == 1 => [new RunEvent.StepFailed(name, attempt, id, "exception", "It broke.", Retryable: true)],
            < 216 => [success],
            < 222 => [new RunEvent.StepFailed(name, attempt, id, "exception", "It broke.", Retryable: true, TimeSpan.MaxValue)],
            < 236 => [new RunEvent.StepFailed(name, attempt, id, "no", "No.")],
            < 247 => [new RunEvent.StepFailed(name, attempt, id, "no", "No."), success],
            _ => command.Resumption is null ? [new RunEvent.StepFailed(name, attempt, id, "no", "No."), awaits] : [success],
        };
    }

    private IEnumerable<RunEvent> Compensate(string name, Dispatch dispatch)
    {
        var (_, attempt, id, _) = dispatch;
        return (BehaviourOf(name) % 10) switch
        {
            0 when mayFail => [new RunEvent.StepCompensationFailed(name, attempt, id, "no", "No.")],
            1 when mayFail => [new RunEvent.StepCompensationFailed(name, attempt, id, "exception", "It broke.", Retryable: true)],
            2 when mayFail && attempt == 1 => [new RunEvent.StepCompensationFailed(name, attempt, id, "exception", "It broke.", Retryable: true)],
            var other => [new RunEvent.StepCompensated(name, attempt, id, NothingToDo: other % 2 == 0)],
        };
    }

    private IEnumerable<RunEvent> RunChild(string name, Dispatch dispatch) => BehaviourOf(name) switch
    {
        >= 120 and < 180 => [],
        >= 180 and < 200 when mayFail => [IsRolledBack(dispatch.Node)],
        >= 200 and < 220 when mayFail => [new RunEvent.ChildEnded(dispatch.Node, Guid.Empty, RunStatus.Failed, null, null)],
        >= 220 and < 230 when mayFail => [new RunEvent.ChildRefused(dispatch.Node, "unknown_kind", "No such kind.")],
        _ => [Completes(dispatch.Node)],
    };

    private IEnumerable<RunEvent> RollBackChild(string name, Dispatch dispatch) => BehaviourOf(name) % 5 == 0 && mayFail
        ? [new RunEvent.ChildEnded(dispatch.Node, Guid.Empty, RunStatus.Failed, null, null)]
        : [Completes(dispatch.Node), IsRolledBack(dispatch.Node)];
}
