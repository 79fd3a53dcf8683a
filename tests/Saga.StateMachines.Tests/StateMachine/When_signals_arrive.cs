using Saga.Contracts;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_signals_arrive : IAsyncLifetime
{
    private const string Gate = """
        {"nodes":[{"name":"first","step":"echo"},{"name":"gate","dependsOn":["first"],"signal":{"names":["go","stop"],"timeout":"PT1H"}}]}
        """;

    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task A_waiting_node_takes_what_it_waits_for_and_leaves_the_rest()
    {
        var runId = await _saga.StartPlanAsync(Gate);
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "first"));
        await _saga.SignalAsync(runId, "other", "1");
        (await _saga.RunAsync(runId))!.InboxCount.ShouldBe(1);
        await _saga.SignalAsync(runId, "go", """{"by":"ann"}""");

        var completed = await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId);

        completed.Output!.Value.GetProperty("payload").GetProperty("by").GetString().ShouldBe("ann");
        var signals = await _saga.SignalsAsync(runId);
        signals.Select(signal => (signal.Number, signal.Name, signal.Payload.Compact(), signal.ConsumedByNode)).ShouldBe(
            [(1, "other", "1", null), (2, "go", """{"by":"ann"}""", 1)]);
        signals.Select(signal => signal.ConsumedAt is null).ShouldBe([true, false]);
        (await _saga.RunAsync(runId))!.InboxCount.ShouldBe(1);
        (await _saga.IsAnythingToBeWokenAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task An_early_one_is_kept_for_the_node()
    {
        var runId = await _saga.StartPlanAsync(Gate);
        var first = await _saga.ExecuteOfAsync(runId, "first");
        await _saga.SignalAsync(runId, "stop");
        await _saga.SignalAsync(runId, "go");
        (await _saga.SignalsAsync(runId)).ShouldAllBe(signal => signal.ConsumedByNode == null);
        await _saga.CompleteAsync(first);

        var completed = await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId);

        completed.Output!.Value.GetProperty("name").GetString().ShouldBe("stop");
        (await _saga.SignalsAsync(runId)).Select(signal => signal.ConsumedByNode).ShouldBe([1, null]);
    }

    [Fact]
    public async Task One_that_was_taken_is_gone_for_the_next_node_that_waits_for_its_name()
    {
        var runId = await _saga.StartPlanAsync(
            """{"nodes":[{"name":"first","signal":"go"},{"name":"between","step":"echo","dependsOn":["first"]},{"name":"second","signal":"go","dependsOn":["between"]}]}""");

        // One stays, so that the signals are read again when the second node begins.
        await _saga.SignalAsync(runId, "other");
        await _saga.SignalAsync(runId, "go", "1");
        var between = await _saga.ExecuteOfAsync(runId, "between");
        await _saga.CompleteAsync(between);
        await _saga.ConsumedAsync<StepCompleted>(1);
        (await _saga.RowAsync(runId, "second")).Status.ShouldBe("waiting");

        await _saga.SignalAsync(runId, "go", "2");

        (await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId)).Output!.Value.GetProperty("payload").GetInt32().ShouldBe(2);
        (await _saga.SignalsAsync(runId)).Select(signal => signal.ConsumedByNode).ShouldBe([null, 0, 2]);
    }

    [Fact]
    public async Task All_are_consumed_by_a_node_that_waits_for_all()
    {
        var runId = await _saga.StartPlanAsync("""{"nodes":[{"name":"gate","signal":{"names":["a","b"],"mode":"all"}}]}""");
        await _saga.SignalAsync(runId, "b");
        await _saga.SignalAsync(runId, "b");
        await _saga.SignalAsync(runId, "a");

        await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId);
        (await _saga.SignalsAsync(runId)).Select(signal => signal.ConsumedByNode).ShouldBe([0, null, 0]);
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_changes_nothing()
    {
        var runId = await _saga.StartPlanAsync(Gate);
        await _saga.SignalAsync(runId, "other", "1", dedupKey: "order-7");
        var before = await _saga.RunAsync(runId);

        await _saga.SignalAsync(runId, "go", "2", dedupKey: "order-7");

        (await _saga.RunAsync(runId))!.Version.ShouldBe(before!.Version);
        (await _saga.SignalsAsync(runId)).ShouldHaveSingleItem().Payload.ShouldBe("1");
        _saga.PublishedSoFar<ProvisioningRejected>().ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_nothing_waits_for_is_kept_and_told_in_the_log_with_the_nearest()
    {
        var runId = await _saga.StartPlanAsync(Gate);
        await _saga.ExecuteOfAsync(runId, "first");

        await _saga.SignalAsync(runId, "gos");
        await _saga.SignalAsync(runId, "go");

        (await _saga.SeeLogAsync(1020)).ShouldHaveSingleItem().ShouldContain(
            $"Run {runId} keeps the signal gos, which may never be taken: No node of the run's plan waits for a signal `gos`, and no step awaits it now. "
            + "It is kept in case a step that has not ended awaits it. Did you mean `go`?");
        (await _saga.SignalsAsync(runId)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_repeat_is_none_for_another_run()
    {
        var one = await _saga.StartPlanAsync(Gate);
        var other = await _saga.StartPlanAsync(Gate);
        await _saga.SignalAsync(one, "go", dedupKey: "order-7");
        await _saga.SignalAsync(other, "go", dedupKey: "order-7");

        (await _saga.SignalsAsync(other)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task They_find_their_run_by_its_business_key()
    {
        var runId = Guid.NewGuid();
        await _saga.HandleAsync(ProvisioningHarness.StartOf(runId, "echo") with { CorrelationKey = "order-7" });

        await _saga.HandleAsync(new SignalProvisioning { CorrelationKey = "order-7", Name = "go", By = "ann" });

        var signal = (await _saga.SignalsAsync(runId)).ShouldHaveSingleItem();
        (signal.Name, signal.SentBy).ShouldBe(("go", "ann"));
    }

    [Theory]
    [InlineData("order-8")]
    [InlineData("order\0")]
    public async Task An_unknown_business_key_is_refused_by_name(string key)
    {
        await _saga.HandleAsync(new SignalProvisioning { CorrelationKey = key, Name = "go" });

        var rejected = await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.Command == "SignalProvisioning");
        var error = rejected.Errors.ShouldHaveSingleItem();
        (error.Code, error.Pointer).ShouldBe(("unknown_run", "/correlationKey"));
        error.Message.ShouldContain($"`{key}`");
    }

    [Fact]
    public async Task A_run_nobody_knows_is_refused()
    {
        var runId = Guid.NewGuid();
        await _saga.SignalAsync(runId, "go");

        (await RejectionOfAsync(runId)).ShouldBe("unknown_run");
    }

    [Fact]
    public async Task A_run_that_has_ended_takes_none()
    {
        var runId = await _saga.StartRunAsync("echo");
        await _saga.CompleteAllAsync(runId, "echo-0");
        await _saga.PublishedAsync<ProvisioningCompleted>(ended => ended.RunId == runId);

        await _saga.SignalAsync(runId, "go");

        (await RejectionOfAsync(runId)).ShouldBe("run_takes_no_signals");
        (await _saga.SignalsAsync(runId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_walks_back_takes_none()
    {
        var runId = await _saga.StartRunAsync("echo", "fail");
        await _saga.CompleteAllAsync(runId, "echo-0");
        await _saga.FailAsync(await _saga.ExecuteOfAsync(runId, "fail-1"));
        await _saga.CompensateOfAsync(runId, "echo-0");

        await _saga.SignalAsync(runId, "go");

        (await RejectionOfAsync(runId)).ShouldBe("run_takes_no_signals");
        (await _saga.SignalsAsync(runId)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", null, "invalid_signal_name")]
    [InlineData("a\0b", null, "invalid_signal_name")]
    [InlineData(" ", null, "invalid_signal_name")]
    [InlineData(".", null, "invalid_signal_name")]
    [InlineData("..", null, "invalid_signal_name")]
    [InlineData("go", "", "invalid_dedup_key")]
    [InlineData("go", "\0", "invalid_dedup_key")]
    public async Task One_that_could_not_be_stored_is_refused(string name, string? dedupKey, string code)
    {
        var runId = await _saga.StartPlanAsync(Gate);
        await _saga.SignalAsync(runId, name, dedupKey: dedupKey);

        (await RejectionOfAsync(runId)).ShouldBe(code);
        (await _saga.SignalsAsync(runId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_that_are_too_long_are_refused()
    {
        var runId = await _saga.StartPlanAsync(Gate);
        await _saga.SignalAsync(runId, new string('x', 129));

        (await RejectionOfAsync(runId)).ShouldBe("invalid_signal_name");
    }

    [Fact]
    public async Task The_time_of_a_signal_node_may_run_out()
    {
        var runId = await _saga.StartPlanAsync(Gate);
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "first"));
        await _saga.PublishedAsync<ProvisioningStarted>(started => started.RunId == runId);
        await _saga.ConsumedAsync<StepCompleted>(1);

        await _saga.WakeAsync(await _saga.RowAsync(runId, "gate"));
        await _saga.CompensateAsync(await _saga.CompensateOfAsync(runId, "first"));

        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        (await _saga.RowAsync(runId, "gate")).ErrorCode.ShouldBe("signal_timeout");
        (await _saga.IsAnythingToBeWokenAsync()).ShouldBeFalse();
    }

    private async Task<string> RejectionOfAsync(Guid runId)
    {
        var rejected = await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == runId);
        rejected.Command.ShouldBe("SignalProvisioning");
        return rejected.Errors.ShouldHaveSingleItem().Code;
    }
}
