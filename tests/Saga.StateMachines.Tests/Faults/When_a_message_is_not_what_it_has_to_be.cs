using System.Text;
using Saga.Contracts;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Faults;

public sealed class When_a_message_is_not_what_it_has_to_be
{
    [Theory]
    [InlineData("StartProvisioning", """ "steps":5 """, "/steps", "`/steps` of a StartProvisioning is `5`, which is not what it has there.")]
    [InlineData("StartProvisioning", """ "steps":["echo",{}] """, "/steps/1", "`/steps/1` of a StartProvisioning is an object, which is not what it has there.")]
    [InlineData("StartProvisioning", """ "kind":"k","version":"1" """, "/version", "`/version` of a StartProvisioning is the text `1`, which is not what it has there.")]
    [InlineData("CancelProvisioning", """ "by":5 """, "/by", "`/by` of a CancelProvisioning is `5`, which is not what it has there.")]
    [InlineData("RollBackProvisioning", """ "reason":[] """, "/reason", "`/reason` of a RollBackProvisioning is a list, which is not what it has there.")]
    [InlineData("SignalProvisioning", """ "name":5 """, "/name", "`/name` of a SignalProvisioning is `5`, which is not what it has there.")]
    [InlineData("SignalProvisioning", """ "payload":1 """, "", "A SignalProvisioning cannot be read: ")]
    public async Task A_command_is_refused_with_the_place(string name, string properties, string pointer, string fact)
    {
        await using var saga = await ProvisioningHarness.StartAsync();
        var runId = Guid.NewGuid();

        await StoreAsync(saga, name, $$"""{"runId":"{{runId}}",{{properties}}}""");

        var refused = await saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == runId);
        refused.Command.ShouldBe(name);
        var error = refused.Errors.ShouldHaveSingleItem();
        (error.Pointer, error.Code).ShouldBe((pointer, "unreadable_message"));
        error.Message.ShouldStartWith(fact);
        error.Message.ShouldEndWith("docs/operations/messages.md says which properties a message has. Correct it and send it again.");
        (await saga.SeeLogAsync(1017)).ShouldHaveSingleItem().ShouldContain(error.Message);
        (await saga.SeeFaultsAsync(_ => true)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("CancelProvisioning", """ "by":5 """, "/by")]
    [InlineData("RollBackProvisioning", """ "reason":[] """, "/reason")]
    [InlineData("SignalProvisioning", """ "name":5 """, "/name")]
    [InlineData("SignalProvisioning", """ "name":"go","runId":5 """, "/runId")]
    public async Task A_command_that_names_its_run_by_key_is_refused_too(string name, string properties, string pointer)
    {
        await using var saga = await ProvisioningHarness.StartAsync();
        var runId = Guid.NewGuid();
        await saga.SendAsync(new StartProvisioning { RunId = runId, Steps = ["echo"], CorrelationKey = "ORDER-42" });
        await saga.PublishedAsync<ProvisioningAccepted>(accepted => accepted.RunId == runId);

        await StoreAsync(saga, name, $$"""{"correlationKey":"ORDER-42",{{properties}}}""");
        await StoreAsync(saga, name, $$"""{"correlationKey":"NOBODY-42",{{properties}}}""");

        foreach (var (key, known) in new[] { ("ORDER-42", runId), ("NOBODY-42", Guid.Empty) })
        {
            var refused = await saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == known);
            refused.Command.ShouldBe(name);
            var error = refused.Errors.ShouldHaveSingleItem();
            (error.Pointer, error.Code).ShouldBe((pointer, "unreadable_message"));
            error.Message.ShouldEndWith($"Correct it and send it again. It names its run by the key `{key}`.");
        }

        (await saga.SeeFaultsAsync(_ => true)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("StepCompleted", """ "output":1,"put":5 """, "/put")]
    [InlineData("StepAwaiting", """ "signals":"go" """, "/signals")]
    public async Task What_a_step_did_is_compensated(string name, string properties, string pointer)
    {
        await using var saga = await ProvisioningHarness.StartAsync();
        var runId = await saga.StartRunAsync("echo");

        await StoreAsync(saga, name, AnswerTo(await saga.ExecuteOfAsync(runId, "echo-0"), properties));

        var compensate = await saga.CompensateOfAsync(runId, "echo-0");
        await saga.SendAsync(new StepCompensated { RunId = runId, Node = compensate.Node, Attempt = compensate.Attempt, DispatchId = compensate.DispatchId });
        await saga.PublishedAsync<ProvisioningRolledBack>(rolledBack => rolledBack.RunId == runId);
        var row = (await saga.LedgerAsync(runId)).ShouldHaveSingleItem();
        row.ErrorCode.ShouldBe("unreadable_message");
        row.ErrorMessage.ShouldNotBeNull().ShouldStartWith($"`{pointer}` of a {name} is ");
    }

    [Fact]
    public async Task A_failure_stays_one_with_what_it_says()
    {
        await using var saga = await ProvisioningHarness.StartAsync();
        var runId = await saga.StartRunAsync("echo");

        await StoreAsync(saga, "StepFailed", AnswerTo(await saga.ExecuteOfAsync(runId, "echo-0"), """ "code":"quota","message":"No room.","retryAfter":5 """));

        await saga.PublishedAsync<ProvisioningRolledBack>(rolledBack => rolledBack.RunId == runId);
        var row = (await saga.LedgerAsync(runId)).ShouldHaveSingleItem();
        row.ErrorCode.ShouldBe("quota");
        row.ErrorMessage.ShouldNotBeNull().ShouldStartWith("No room. (`/retryAfter` of a StepFailed is `5`, ");
    }

    [Fact]
    public async Task A_compensation_is_not_believed()
    {
        await using var saga = await ProvisioningHarness.StartAsync();
        var runId = await saga.StartRunAsync("echo", "fail");
        await saga.CompleteAllAsync(runId, "echo-0");
        var fail = await saga.ExecuteOfAsync(runId, "fail-1");
        await saga.SendAsync(new StepFailed { RunId = runId, Node = fail.Node, Attempt = fail.Attempt, DispatchId = fail.DispatchId, Code = "fail", Message = "It fails." });
        var compensate = await saga.CompensateOfAsync(runId, "echo-0");

        await StoreAsync(
            saga, "StepCompensated",
            $$"""{"runId":"{{runId}}","node":"echo-0","attempt":{{compensate.Attempt}},"dispatchId":{{compensate.DispatchId}},"nothingToDo":"yes"}""");

        (await saga.PublishedAsync<ProvisioningFailed>(failed => failed.RunId == runId)).NotCompensated.ShouldBe(["echo-0"]);
    }

    [Fact]
    public async Task An_answer_to_nobody_knows_what_is_shown_by_its_run()
    {
        await using var saga = await ProvisioningHarness.StartAsync();
        var runId = await saga.StartRunAsync("echo");
        var execute = await saga.ExecuteOfAsync(runId, "echo-0");

        await StoreAsync(saga, "StepCompleted", $$"""{"runId":"{{runId}}","node":"echo-0","attempt":"1","dispatchId":{{execute.DispatchId}}}""");

        var fault = (await saga.SeeFaultsAsync(faults => faults.Count > 0)).ShouldHaveSingleItem();
        (fault.RunId, fault.RetryAt, fault.Tries).ShouldBe((runId, null, 1));
        fault.Error.ShouldStartWith("`/attempt` of a StepCompleted is the text `1`, which is not what it has there.");
    }

    [Fact]
    public async Task The_other_answers_that_came_with_it_are_taken()
    {
        await using var saga = await ProvisioningHarness.StartAsync();
        var (bad, sound, lost) = (await saga.StartRunAsync("echo"), await saga.StartRunAsync("echo"), await saga.StartRunAsync("echo"));
        var (first, second) = (await saga.ExecuteOfAsync(bad, "echo-0"), await saga.ExecuteOfAsync(sound, "echo-0"));
        await saga.ExecuteOfAsync(lost, "echo-0");

        await StoreAsync(
            saga, "StepAnswers",
            $$$"""{"answers":[{"completed":{{{AnswerTo(first, """ "put":5 """)}}}},{"completed":{{{AnswerTo(second, """ "output":1 """)}}}},{"completed":{"runId":"{{{lost}}}"}}]}""");

        await saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == sound);
        await saga.CompensateOfAsync(bad, "echo-0");
        (await saga.SeeFaultsAsync(faults => faults.Count > 0)).ShouldHaveSingleItem().RunId.ShouldBe(lost);
    }

    [Fact]
    public async Task Whole_numbers_are_read_however_they_are_written()
    {
        await using var saga = await ProvisioningHarness.StartAsync();
        var runId = await saga.StartRunAsync("echo");
        var execute = await saga.ExecuteOfAsync(runId, "echo-0");

        await StoreAsync(saga, "StepCompleted", $$"""{"runId":"{{runId}}","node":"echo-0","attempt":{{execute.Attempt}}.0,"dispatchId":{{execute.DispatchId}}e0}""");

        var completed = await saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == runId);
        completed.Output.ShouldBeNull("The answer brought none.");
    }

    private static string AnswerTo(ExecuteStep command, string properties) =>
        $$"""{"runId":"{{command.RunId}}","node":"{{command.Node}}","attempt":{{command.Attempt}},"dispatchId":{{command.DispatchId}},{{properties}}}""";

    private static Task StoreAsync(ProvisioningHarness saga, string name, string message) => saga.StoreAsync(new OutboxMessage
    {
        Id = Guid.CreateVersion7(),
        Destination = "exchange:saga-runs",
        ContentType = "application/vnd.masstransit+json",
        Body = Encoding.UTF8.GetBytes($$"""{"messageId":"{{Guid.NewGuid()}}","messageType":["urn:message:Saga.Contracts:{{name}}"],"message":{{message}}}"""),
        Properties = "{}",
        CreatedAt = TimeProvider.System.GetUtcNow(),
        DueAt = TimeProvider.System.GetUtcNow(),
    });
}
