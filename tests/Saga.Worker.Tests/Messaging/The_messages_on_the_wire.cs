using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;
using MassTransit.Context;
using Saga.Contracts;
using Saga.Worker.Tests.Json;
using Saga.Worker.Tests.Messaging.Envelopes;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Messaging;

/// <summary>
/// Messages as programs in any language see them, and as those of another release do that are in a queue during an upgrade. More may be said than here, but
/// nothing less, and nothing by another name.
/// </summary>
public sealed class The_messages_on_the_wire
{
    private const string Dispatched = """ "runId":"0199c0de-5a6a-7000-8000-0000000000aa","node":"a","attempt":2,"dispatchId":3 """;
    private const string Completed = """ {"runId":"0199c0de-5a6a-7000-8000-0000000000aa","node":"m[0]/a","attempt":2,"dispatchId":3,"output":{"B":1},"outputLost":{"code":"c","message":"m"},"put":{"A_b":2}} """;
    private const string Failed = "{" + Dispatched + """ ,"code":"c","message":"m","retryable":true,"retryAfter":"PT30S"} """;
    private const string Awaiting = "{" + Dispatched + """ ,"signals":["s"],"all":true,"timeout":"PT1H","snapshot":{"B":1},"put":{"A_b":2}} """;
    private const string Compensated = "{" + Dispatched + """ ,"nothingToDo":true} """;
    private const string CompensationFailed = "{" + Dispatched + """ ,"code":"c","message":"m","retryable":true} """;

    private const string Command = Dispatched
        + """ ,"nodeIndex":1,"step":"echo","idempotencyKey":"key","input":{"B":1},"context":{"B":1},"answerTo":"saga-answers-1" """;

    public static TheoryData<string, string> Messages => new()
    {
        { "StartProvisioning", """
            {"runId":"0199c0de-5a6a-7000-8000-0000000000aa","kind":"k","version":2,"plan":{"B":1},"steps":["echo"],"input":{"B":1},"correlationKey":"ORDER-42",
             "correlationScope":["pending"],"parent":{"runId":"0199c0de-5a6a-7000-8000-0000000000aa","nodeIndex":4,"node":"c"}}
            """ },
        { "CancelProvisioning", """{"runId":"0199c0de-5a6a-7000-8000-0000000000aa","correlationKey":"ORDER-42","by":"kim","reason":"typo"}""" },
        { "RollBackProvisioning", """{"runId":"0199c0de-5a6a-7000-8000-0000000000aa","correlationKey":"ORDER-42","by":"kim","reason":"typo"}""" },
        { "SignalProvisioning", """
            {"runId":"0199c0de-5a6a-7000-8000-0000000000aa","correlationKey":"ORDER-42","name":"s","payload":{"B":1},"dedupKey":"d","by":"kim"}
            """ },
        { "StepsAnnounced", """{"worker":"w:1","steps":[{"name":"echo","compensates":true,"inputSchema":{"B":1},"outputSchema":{"B":1}}]}""" },
        { "ExecuteStep", "{" + Command + """
            ,"resumption":{"snapshot":{"B":1},"timedOut":true,"signals":[{"name":"s","payload":{"B":1},"receivedAt":"2026-11-22T02:11:45+00:00"}]}}
            """ },
        { "CompensateStep", "{" + Command + """ ,"reason":"cancelled","output":{"B":1}} """ },
        { "StepCompleted", Completed },
        { "StepFailed", Failed },
        { "StepAwaiting", Awaiting },
        { "StepCompensated", Compensated },
        { "StepCompensationFailed", CompensationFailed },
        { "StepAnswers", $$"""
            {"answers":[{"completed":{{Completed}},"conversationId":"0199c0de-5a6a-7000-8000-0000000000aa","traceParent":"00-1-2-01"},
             {"failed":{{Failed}}},{"awaiting":{{Awaiting}}},{"compensated":{{Compensated}}},{"compensationFailed":{{CompensationFailed}}}]}
            """ },
        { "ProvisioningAccepted", """{"runId":"0199c0de-5a6a-7000-8000-0000000000aa","acceptedAt":"2026-11-22T02:11:45+00:00"}""" },
        { "ProvisioningRejected", """
            {"runId":"0199c0de-5a6a-7000-8000-0000000000aa","command":"StartProvisioning",
             "errors":[{"pointer":"/steps/0","code":"unknown_step","message":"m","line":7}]}
            """ },
        { "ProvisioningStarted", """{"runId":"0199c0de-5a6a-7000-8000-0000000000aa","startedAt":"2026-11-22T02:11:45+00:00"}""" },
        { "ProvisioningCompleted", """
            {"runId":"0199c0de-5a6a-7000-8000-0000000000aa","context":{"B":1},"output":{"B":1},"completedAt":"2026-11-22T02:11:45+00:00"}
            """ },
        { "ProvisioningRolledBack", """
            {"runId":"0199c0de-5a6a-7000-8000-0000000000aa","reason":"cancelled","compensateFromIndex":1,"completedAt":"2026-11-22T02:11:45+00:00"}
            """ },
        { "ProvisioningFailed", """
            {"runId":"0199c0de-5a6a-7000-8000-0000000000aa","reason":"cancelled","compensateFromIndex":1,"notCompensated":["a"],
             "completedAt":"2026-11-22T02:11:45+00:00"}
            """ },
        { "WakeRun", """{"runId":"0199c0de-5a6a-7000-8000-0000000000aa"}""" },
        { "WakeNode", """{"runId":"0199c0de-5a6a-7000-8000-0000000000aa","nodeIndex":1,"wakeId":5}""" },
        { "ChildEnded", """
            {"runId":"0199c0de-5a6a-7000-8000-0000000000aa","nodeIndex":1,"childRunId":"0199c0de-5a6a-7000-8000-0000000000aa","status":"rolled_back",
             "output":{"B":1},"error":{"B":1}}
            """ },
        { "ChildRefused", """{"runId":"0199c0de-5a6a-7000-8000-0000000000aa","nodeIndex":1,"code":"c","message":"m"}""" },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void Say_in_JSON(string message, string json) => JsonParts.Missing(JsonElement.Parse(json), MessageOf(message)).ShouldBeEmpty();

    [Fact]
    public void Are_all_asserted() => typeof(StartProvisioning).Assembly.GetExportedTypes()
        .Where(type => type.Namespace == typeof(StartProvisioning).Namespace && !type.IsAssignableTo(typeof(JsonConverter)))
        .Select(type => type.Name)
        .Except(["AnnouncedStep", "DeliveredSignal", "LostOutput", "ParentRun", "ProvisioningError", "SignalName", "StepAnswer", "StepResumption"])
        .ShouldBeSubsetOf(Messages.Select(row => row.Data.Item1));

    [Theory]
    [InlineData("StartProvisioning", "urn:message:Saga.Contracts:StartProvisioning")]
    [InlineData("ExecuteStep", "urn:message:Saga.Contracts:ExecuteStep")]
    [InlineData("CompensateStep", "urn:message:Saga.Contracts:CompensateStep")]
    [InlineData("StepAnswers", "urn:message:Saga.Contracts:StepAnswers")]
    [InlineData("ProvisioningCompleted", "urn:message:Saga.Contracts:ProvisioningCompleted")]
    [InlineData("WakeNode", "urn:message:Saga.StateMachines.Waking:WakeNode")]
    [InlineData("WakeRun", "urn:message:Saga.StateMachines.Resuming:WakeRun")]
    [InlineData("ChildEnded", "urn:message:Saga.StateMachines.Children:ChildEnded")]
    [InlineData("ChildRefused", "urn:message:Saga.StateMachines.Children:ChildRefused")]
    public void Name_their_type(string message, string urn) => EnvelopeOf(message).GetProperty("messageType")[0].GetString().ShouldBe(urn);

    private static JsonElement MessageOf(string message) => EnvelopeOf(message).GetProperty("message");

    private static JsonElement EnvelopeOf(string message) => Written((dynamic)WireSamples.All[message]);

    private static JsonElement Written<T>(T message)
        where T : class => JsonElement.Parse(Envelope.ByUs(new MessageSendContext<T>(message) { SupportedMessageTypes = [MessageUrn.ForTypeString<T>()] }));
}
