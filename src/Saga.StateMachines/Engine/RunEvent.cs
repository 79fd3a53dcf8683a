using System.Collections.Immutable;
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

    /// <summary>The moment has come that a node waited for.</summary>
    /// <param name="Node">The position of the node among all nodes of the run.</param>
    /// <param name="DispatchId">The wait.</param>
    public sealed record Due(int Node, long DispatchId) : RunEvent;

    /// <summary>Somebody tells the run that something happened.</summary>
    public sealed record Signal(ReceivedSignal Received) : RunEvent;

    /// <summary>The child run of a node has ended.</summary>
    /// <param name="Node">The position of the node among all nodes of the run.</param>
    /// <param name="Status">How it ended.</param>
    /// <param name="ChildId">The child.</param>
    /// <param name="Output">What it returned, when it completed.</param>
    /// <param name="Error">Why it did not complete.</param>
    public sealed record ChildEnded(int Node, Guid ChildId, RunStatus Status, JsonElement? Output, JsonElement? Error) : RunEvent;

    /// <summary>The child run of a node could not be started.</summary>
    public sealed record ChildRefused(int Node, string Code, string Message) : RunEvent;

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
        /// <summary>Why its output is missing; null when it is not.</summary>
        public (string Code, string Message)? OutputLost { get; init; }

        internal override DispatchKind To => DispatchKind.Execute;
    }

    /// <summary>The step did nothing that would have to be compensated.</summary>
    /// <param name="Node">The name of the node.</param>
    /// <param name="Attempt">The attempt, as in the command.</param>
    /// <param name="DispatchId">The dispatch, as in the command.</param>
    /// <param name="Code">A short name of the failure.</param>
    /// <param name="Message">What happened.</param>
    /// <param name="Retryable">Whether another attempt could be better.</param>
    /// <param name="RetryAfter">The wait before the next attempt; null leaves it to the retry policy.</param>
    public sealed record StepFailed(
        string Node, int Attempt, long DispatchId, string Code, string Message, bool Retryable = false, TimeSpan? RetryAfter = null)
        : Answer(Node, Attempt, DispatchId)
    {
        internal override DispatchKind To => DispatchKind.Execute;
    }

    /// <summary>The step cannot go on before signals arrive.</summary>
    public sealed record StepAwaits(
        string Node,
        int Attempt,
        long DispatchId,
        ImmutableArray<string> Signals,
        bool All,
        TimeSpan? Timeout,
        JsonElement? Snapshot,
        IReadOnlyDictionary<string, JsonElement>? Put = null) : Answer(Node, Attempt, DispatchId)
    {
        internal override DispatchKind To => DispatchKind.Execute;
    }

    /// <summary>Nothing of the step is left.</summary>
    public sealed record StepCompensated(string Node, int Attempt, long DispatchId, bool NothingToDo = false) : Answer(Node, Attempt, DispatchId)
    {
        internal override DispatchKind To => DispatchKind.Compensate;
    }

    /// <summary>The step could not be compensated.</summary>
    public sealed record StepCompensationFailed(
        string Node, int Attempt, long DispatchId, string Code, string Message, bool Retryable = false) : Answer(Node, Attempt, DispatchId)
    {
        internal override DispatchKind To => DispatchKind.Compensate;
    }
}
