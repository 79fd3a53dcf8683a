using Saga.Contracts;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Faults;

public sealed class When_a_message_cannot_be_handled
{
    [Fact]
    public async Task Its_run_goes_on_by_itself_when_the_cause_is_gone()
    {
        await using var saga = await ProvisioningHarness.StartAsync();
        var runId = await saga.StartRunAsync("echo");
        var execute = await saga.ExecuteOfAsync(runId, "echo-0");
        var nodes = (await saga.RunAsync(runId))!.Nodes;
        await saga.BreakAsync(runId);

        await saga.CompleteAsync(execute, """{"id":1}""");
        var fault = (await saga.SeeFaultsAsync(faults => faults is [{ Tries: > 1 }])).ShouldHaveSingleItem();
        (fault.RunId, fault.Message, fault.Queue).ShouldBe((runId, "StepCompleted", "saga-runs"));
        fault.Exception.ShouldStartWith("System.");
        fault.Error.ShouldNotBeEmpty();
        fault.OutboxId.ShouldNotBeNull();
        fault.RetryAt!.Value.ShouldBeGreaterThan(fault.LastAt);

        await saga.MendAsync(runId, nodes);
        await saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == runId);
        await saga.SeeFaultsAsync(faults => faults.Count == 0);
        saga.Log.LinesOf(1013).ShouldBe([$"Message {fault.MessageId}, which could not be handled before, has been handled"]);
    }

    [Fact]
    public async Task The_others_of_an_answer_that_came_with_it_are_handled()
    {
        await using var saga = await ProvisioningHarness.StartAsync();
        var (broken, sound) = (await saga.StartRunAsync("echo"), await saga.StartRunAsync("echo"));
        var (first, second) = (await saga.ExecuteOfAsync(broken, "echo-0"), await saga.ExecuteOfAsync(sound, "echo-0"));
        await saga.BreakAsync(broken);

        await saga.SendAsync(new StepAnswers { Answers = [AnswerTo(first), AnswerTo(second)] });

        await saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == sound);
        var fault = (await saga.SeeFaultsAsync(faults => faults.Count > 0)).ShouldHaveSingleItem();
        (fault.RunId, fault.Message).ShouldBe((broken, "StepCompleted"));
    }

    [Fact]
    public async Task Another_with_the_same_id_does_not_take_its_place()
    {
        await using var saga = await ProvisioningHarness.StartAsync();
        var runs = new[] { await saga.StartRunAsync("echo"), await saga.StartRunAsync("echo") };
        var commands = new[] { await saga.ExecuteOfAsync(runs[0], "echo-0"), await saga.ExecuteOfAsync(runs[1], "echo-0") };
        var nodes = (await saga.RunAsync(runs[0]))!.Nodes;
        foreach (var runId in runs)
            await saga.BreakAsync(runId);

        foreach (var command in commands)
            await saga.SendAsync(AnswerTo(command).Completed!, runs[0]);
        (await saga.SeeFaultsAsync(faults => faults.Count == 2)).Select(fault => fault.RunId!.Value).ShouldBe(runs, ignoreOrder: true);

        foreach (var runId in runs)
            await saga.MendAsync(runId, nodes);
        foreach (var runId in runs)
            await saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == runId);
        await saga.SeeFaultsAsync(faults => faults.Count == 0);
    }

    [Fact]
    public async Task It_is_given_up_in_the_end_and_goes_to_the_error_queue()
    {
        await using var saga = await ProvisioningHarness.StartAsync();
        var runId = await BreakAsync(saga);
        await saga.SeeFaultsAsync(faults => faults.Count == 1);

        await saga.WearOutAsync();
        var fault = (await saga.SeeFaultsAsync(faults => faults is [{ RetryAt: null }])).Single();

        (fault.RunId, fault.Tries, fault.OutboxId).ShouldBe((runId, 20, null));
        saga.Log.LinesOf(1012).ShouldBe([$"StepCompleted {fault.MessageId} of run {runId} was given up after 20 tries; it is in the error queue of saga-runs"]);
    }

    [Fact]
    public async Task One_that_was_given_up_in_the_embedded_mode_is_handled_again_after_the_next_start()
    {
#pragma warning disable CA2000 // The restart disposes of it.
        var saga = await ProvisioningHarness.StartEmbeddedAsync();
#pragma warning restore CA2000
        var runId = await saga.StartRunAsync("echo");
        var execute = await saga.ExecuteOfAsync(runId, "echo-0");
        var nodes = (await saga.RunAsync(runId))!.Nodes;
        await saga.BreakAsync(runId);
        await saga.CompleteAsync(execute, """{"id":1}""");

        // The resumption of the start may come to this run late, and then its wake cannot be handled, either.
        await saga.SeeFaultsAsync(faults => faults.Exists(fault => fault.Message == "StepCompleted"));
        await saga.WearOutAsync();
        var faults = await saga.SeeFaultsAsync(faults => faults.Exists(fault => fault is { Message: "StepCompleted", RetryAt: null }));
        faults.Single(fault => fault.Message == "StepCompleted").OutboxId.ShouldNotBeNull();

        await saga.MendAsync(runId, nodes);
        await using var next = await saga.RestartAsync();
        await next.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == runId);
        await next.SeeFaultsAsync(faults => faults.Count == 0);
    }

    [Fact]
    public async Task One_that_cannot_even_be_read_is_given_up_at_once_and_blocks_nobody()
    {
        await using var saga = await ProvisioningHarness.StartAsync();
        await saga.StoreAsync(new OutboxMessage
        {
            Id = Guid.CreateVersion7(),
            Destination = "exchange:saga-runs",
            ContentType = "application/vnd.masstransit+json",
            Body = "nonsense"u8.ToArray(),
            Properties = "{}",
            CreatedAt = TimeProvider.System.GetUtcNow(),
            DueAt = TimeProvider.System.GetUtcNow(),
        });

        var fault = (await saga.SeeFaultsAsync(faults => faults.Count > 0)).ShouldHaveSingleItem();
        (fault.RunId, fault.RetryAt, fault.Tries, fault.Queue).ShouldBe((null, null, 1, "saga-runs"));

        var runId = await saga.StartRunAsync("echo");
        await saga.CompleteAllAsync(runId, "echo-0");
        await saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == runId);
    }

    private static async Task<Guid> BreakAsync(ProvisioningHarness saga)
    {
        var runId = await saga.StartRunAsync("echo");
        var execute = await saga.ExecuteOfAsync(runId, "echo-0");
        await saga.BreakAsync(runId);
        await saga.CompleteAsync(execute, """{"id":1}""");
        return runId;
    }

    private static StepAnswer AnswerTo(ExecuteStep command) => new()
    {
        Completed = new StepCompleted { RunId = command.RunId, Node = command.Node, Attempt = command.Attempt, DispatchId = command.DispatchId },
    };
}
