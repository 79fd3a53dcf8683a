using System.Text.Json;

namespace Saga.StateMachines.Engine;

/// <summary>Something that happened and may move a run. Its cases are nested, so that they are not mistaken for the messages of the same names.</summary>
public abstract record RunEvent
{
    private RunEvent()
    {
    }

    /// <summary>The run may start walking.</summary>
    public sealed record Begin : RunEvent;

    /// <summary>Somebody wants the run stopped and compensated.</summary>
    public sealed record Cancel : RunEvent;

    /// <summary>Somebody wants everything a completed run did compensated.</summary>
    public sealed record RollBack : RunEvent;

    /// <summary>Somebody fears that commands were lost, as after a restart: whatever is in flight is sent again, as the same dispatch.</summary>
    public sealed record Wake : RunEvent;

    /// <summary>What a step says to a dispatch.</summary>
    /// <param name="Node">The name of the node.</param>
    /// <param name="Attempt">The attempt, as in the command.</param>
    /// <param name="DispatchId">The dispatch, as in the command.</param>
    public abstract record Answer(string Node, int Attempt, long DispatchId) : RunEvent
    {
        /// <summary>The kind of command it answers.</summary>
        internal abstract DispatchKind To { get; }
    }

    /// <summary>The step did its work.</summary>
    public sealed record StepSucceeded(
        string Node,
        int Attempt,
        long DispatchId,
        JsonElement? Output = null,
        IReadOnlyDictionary<string, JsonElement>? Put = null) : Answer(Node, Attempt, DispatchId)
    {
        internal override DispatchKind To => DispatchKind.Execute;
    }

    /// <summary>The step did nothing that would have to be compensated.</summary>
    public sealed record StepFailed(string Node, int Attempt, long DispatchId, string Code, string Message) : Answer(Node, Attempt, DispatchId)
    {
        internal override DispatchKind To => DispatchKind.Execute;
    }

    /// <summary>Nothing of the step is left.</summary>
    public sealed record StepCompensated(string Node, int Attempt, long DispatchId, bool NothingToDo = false) : Answer(Node, Attempt, DispatchId)
    {
        internal override DispatchKind To => DispatchKind.Compensate;
    }

    /// <summary>The step could not be compensated.</summary>
    public sealed record StepCompensationFailed(string Node, int Attempt, long DispatchId, string Code, string Message)
        : Answer(Node, Attempt, DispatchId)
    {
        internal override DispatchKind To => DispatchKind.Compensate;
    }
}
