using System.Text.Json;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>What the commands to a step have in common, and the answers, which repeat some of it.</summary>
internal sealed record Dispatch(
    Guid RunId, string Node, int NodeIndex, string Step, int Attempt, long DispatchId, string IdempotencyKey, string? AnswerTo)
{
    // Long enough for a stack of causes, short enough to be stored and shown.
    private const int MaxMessageLength = 4_000;

    public static Dispatch Of(ExecuteStep command) =>
        new(command.RunId, command.Node, command.NodeIndex, command.Step, command.Attempt, command.DispatchId, command.IdempotencyKey, command.AnswerTo);

    public static Dispatch Of(CompensateStep command) =>
        new(command.RunId, command.Node, command.NodeIndex, command.Step, command.Attempt, command.DispatchId, command.IdempotencyKey, command.AnswerTo);

    public StepCompleted Completed(JsonElement? output, IReadOnlyDictionary<string, JsonElement> puts) => new()
    {
        RunId = RunId,
        Node = Node,
        Attempt = Attempt,
        DispatchId = DispatchId,
        Output = output,
        Put = puts.Count == 0 ? null : puts,
    };

    public StepFailed Failed(string code, string message) => new()
    {
        RunId = RunId,
        Node = Node,
        Attempt = Attempt,
        DispatchId = DispatchId,
        Code = code,
        Message = Truncate(message),
    };

    public StepFailed Failed(TransientFailure failure) => Failed(failure.Code, failure.Message) with
    {
        Retryable = true,
        RetryAfter = failure.RetryAfter is { } after ? Duration.Write(after) : null,
    };

    public StepAwaiting Awaiting(SignalWait wait, IReadOnlyDictionary<string, JsonElement> puts) => new()
    {
        RunId = RunId,
        Node = Node,
        Attempt = Attempt,
        DispatchId = DispatchId,
        Signals = wait.Signals,
        All = wait.All,
        Timeout = wait.Timeout is { } timeout ? Duration.Write(timeout) : null,
        Snapshot = wait.Snapshot,
        Put = puts.Count == 0 ? null : puts,
    };

    public StepCompensated Compensated(bool nothingToDo) => new()
    {
        RunId = RunId,
        Node = Node,
        Attempt = Attempt,
        DispatchId = DispatchId,
        NothingToDo = nothingToDo,
    };

    public StepCompensationFailed CompensationFailed(string code, string message) => new()
    {
        RunId = RunId,
        Node = Node,
        Attempt = Attempt,
        DispatchId = DispatchId,
        Code = code,
        Message = Truncate(message),
    };

    // Compensations are always tried again as their policy says, so what the exception knows of the wait is left out.
    public StepCompensationFailed CompensationFailed(TransientFailure failure) =>
        CompensationFailed(failure.Code, failure.Message) with { Retryable = true };

    public static string Truncate(string message)
    {
        if (message.Length <= MaxMessageLength)
            return message;

        // Half of a surrogate pair is no text: JSON would refuse or replace it.
        var length = char.IsHighSurrogate(message[MaxMessageLength - 1]) ? MaxMessageLength - 1 : MaxMessageLength;
        return message[..length];
    }
}
