using System.Text.Json;
using Saga.Contracts;
using Saga.StateMachines.Children;
using Saga.StateMachines.Resuming;
using Saga.StateMachines.Waking;

namespace Saga.Worker.Tests.Messaging;

/// <summary>One message of each kind that says everything it can.</summary>
internal static class WireSamples
{
    private static readonly Guid RunId = Guid.Parse("0199c0de-5a6a-7000-8000-0000000000aa");
    private static readonly DateTimeOffset At = new(2026, 11, 22, 2, 11, 45, TimeSpan.Zero);
    private static readonly JsonElement Data = JsonElement.Parse("""{"B":1}""");
    private static readonly Dictionary<string, JsonElement> Put = new(StringComparer.Ordinal) { ["A_b"] = JsonElement.Parse("2") };

    private static StepCompleted Completed { get; } = new() { RunId = RunId, Node = "m[0]/a", Attempt = 2, DispatchId = 3, Output = Data, Put = Put, OutputLost = new LostOutput { Code = "c", Message = "m" } };

    private static StepFailed Failed { get; } = new()
    {
        RunId = RunId, Node = "a", Attempt = 2, DispatchId = 3, Code = "c", Message = "m", Retryable = true, RetryAfter = "PT30S",
    };

    private static StepAwaiting Awaiting { get; } = new()
    {
        RunId = RunId, Node = "a", Attempt = 2, DispatchId = 3, Signals = ["s"], All = true, Timeout = "PT1H", Snapshot = Data, Put = Put,
    };

    private static StepCompensated Compensated { get; } = new() { RunId = RunId, Node = "a", Attempt = 2, DispatchId = 3, NothingToDo = true };

    private static StepCompensationFailed CompensationFailed { get; } = new()
    {
        RunId = RunId, Node = "a", Attempt = 2, DispatchId = 3, Code = "c", Message = "m", Retryable = true,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyDictionary<string, object> All { get; } = new object[]
    {
        new StartProvisioning
        {
            RunId = RunId, Kind = "k", Version = 2, Plan = Data, Steps = ["echo"], Input = Data, CorrelationKey = "ORDER-42", CorrelationScope = ["pending"],
            Parent = new ParentRun { RunId = RunId, NodeIndex = 4, Node = "c" },
        },
        new CancelProvisioning { RunId = RunId, CorrelationKey = "ORDER-42", By = "kim", Reason = "typo" },
        new RollBackProvisioning { RunId = RunId, CorrelationKey = "ORDER-42", By = "kim", Reason = "typo" },
        new SignalProvisioning { RunId = RunId, CorrelationKey = "ORDER-42", Name = "s", Payload = Data, DedupKey = "d", By = "kim" },
        new StepsAnnounced { Worker = "w:1", Steps = [new AnnouncedStep { Name = "echo", Compensates = true, InputSchema = Data, OutputSchema = Data }] },
        new ExecuteStep
        {
            RunId = RunId, Node = "a", NodeIndex = 1, Step = "echo", Attempt = 2, DispatchId = 3, IdempotencyKey = "key", Input = Data, Context = Data,
            AnswerTo = "saga-answers-1",
            Resumption = new StepResumption
            {
                Snapshot = Data, TimedOut = true, Signals = [new DeliveredSignal { Name = "s", Payload = Data, ReceivedAt = At }],
            },
        },
        new CompensateStep
        {
            RunId = RunId, Node = "a", NodeIndex = 1, Step = "echo", Attempt = 2, DispatchId = 3, IdempotencyKey = "key", Reason = "cancelled", Input = Data,
            Output = Data, Context = Data, AnswerTo = "saga-answers-1",
        },
        Completed, Failed, Awaiting, Compensated, CompensationFailed,
        new StepAnswers
        {
            Answers =
            [
                new StepAnswer { Completed = Completed, ConversationId = RunId, TraceParent = "00-1-2-01" }, new StepAnswer { Failed = Failed },
                new StepAnswer { Awaiting = Awaiting }, new StepAnswer { Compensated = Compensated }, new StepAnswer { CompensationFailed = CompensationFailed },
            ],
        },
        new ProvisioningAccepted { RunId = RunId, AcceptedAt = At },
        new ProvisioningRejected
        {
            RunId = RunId, Command = "StartProvisioning", Errors = [new ProvisioningError { Pointer = "/steps/0", Code = "unknown_step", Message = "m", Line = 7 }],
        },
        new ProvisioningStarted { RunId = RunId, StartedAt = At },
        new ProvisioningCompleted { RunId = RunId, Context = Data, Output = Data, CompletedAt = At },
        new ProvisioningRolledBack { RunId = RunId, Reason = "cancelled", CompensateFromIndex = 1, CompletedAt = At },
        new ProvisioningFailed { RunId = RunId, Reason = "cancelled", CompensateFromIndex = 1, NotCompensated = ["a"], CompletedAt = At },
        new WakeRun { RunId = RunId },
        new WakeNode { RunId = RunId, NodeIndex = 1, WakeId = 5 },
        new ChildEnded { RunId = RunId, NodeIndex = 1, ChildRunId = RunId, Status = "rolled_back", Output = Data, Error = Data },
        new ChildRefused { RunId = RunId, NodeIndex = 1, Code = "c", Message = "m" },
    }.ToDictionary(message => message.GetType().Name, StringComparer.Ordinal);
}
