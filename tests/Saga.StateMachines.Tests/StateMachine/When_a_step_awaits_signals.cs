using Saga.Contracts;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_a_step_awaits_signals : IAsyncLifetime
{
    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task It_waits_and_is_executed_again_with_what_it_kept_and_what_arrived()
    {
        var runId = await _saga.StartRunAsync("echo", "echo");
        var first = await _saga.ExecuteOfAsync(runId, "echo-0");
        await _saga.AwaitAsync(first, ["approved", "rejected"], snapshot: """{"request":42}""");
        var row = await _saga.RowAsync(runId, "echo-0");
        (row.Status, row.Attempts, row.WakeAt).ShouldBe(("waiting", 1, null));
        row.WaitingFor.ShouldNotBeNull().ShouldContain("rejected");

        await _saga.SignalAsync(runId, "approved", """{"by":"ann"}""");

        var second = await _saga.ExecuteAgainAsync(first);
        (second.Attempt, second.IdempotencyKey, second.Input.GetRawText()).ShouldBe((1, first.IdempotencyKey, first.Input.GetRawText()));
        second.Resumption!.Snapshot.Compact().ShouldBe("""{"request":42}""");
        second.Resumption.TimedOut.ShouldBeFalse();
        var signal = second.Resumption.Signals.ShouldHaveSingleItem();
        (signal.Name, signal.Payload.Compact()).ShouldBe(("approved", """{"by":"ann"}"""));
        row = await _saga.RowAsync(runId, "echo-0");
        (row.Status, row.WaitingFor).ShouldBe(("running", null));
    }

    [Fact]
    public async Task Signals_that_came_before_it_asked_are_handed_over_at_once_with_what_it_kept()
    {
        var runId = await _saga.StartRunAsync("echo");
        var first = await _saga.ExecuteOfAsync(runId, "echo-0");
        await _saga.SignalAsync(runId, "approved");

        await _saga.AwaitAsync(first, ["approved"], timeout: "PT1H", snapshot: """{"request":42}""");

        var resumption = (await _saga.ExecuteAgainAsync(first)).Resumption!;
        resumption.Snapshot.Compact().ShouldBe("""{"request":42}""");
        resumption.Signals.ShouldHaveSingleItem().Name.ShouldBe("approved");
        (await _saga.RowAsync(runId, "echo-0")).Status.ShouldBe("running");
        (await _saga.IsAnythingToBeWokenAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task It_is_woken_with_what_arrived_when_its_time_is_over()
    {
        var runId = await _saga.StartRunAsync("echo");
        var first = await _saga.ExecuteOfAsync(runId, "echo-0");
        await _saga.AwaitAsync(first, ["network", "storage"], all: true, timeout: "PT1H");
        await _saga.SignalAsync(runId, "storage");
        _saga.SentSoFar<ExecuteStep>().Count.ShouldBe(1);
        var row = await _saga.RowAsync(runId, "echo-0");
        row.WakeAt!.Value.ShouldBe(DateTimeOffset.UtcNow.AddHours(1), TimeSpan.FromMinutes(30));

        await _saga.WakeAsync(row);

        var resumption = (await _saga.ExecuteAgainAsync(first)).Resumption!;
        resumption.TimedOut.ShouldBeTrue();
        resumption.Signals.ShouldHaveSingleItem().Name.ShouldBe("storage");
        (await _saga.IsAnythingToBeWokenAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_resumed_step_that_throws_is_tried_again_with_the_same_signals()
    {
        var runId = await _saga.StartPlanAsync("""{"nodes":[{"name":"a","step":"echo","retry":{"initial":"PT1H","max":"PT1H"}}]}""");
        var first = await _saga.ExecuteOfAsync(runId, "a");
        await _saga.AwaitAsync(first, ["approved"], snapshot: "1");
        await _saga.SignalAsync(runId, "approved");
        var resumed = await _saga.ExecuteAgainAsync(first);
        await _saga.ThrowAsync(resumed);
        await _saga.WakeAsync(await _saga.RowAsync(runId, "a"));

        var again = await _saga.ExecuteAgainAsync(resumed);

        again.Attempt.ShouldBe(2);
        again.Resumption!.Snapshot!.Value.GetInt32().ShouldBe(1);
        again.Resumption.Signals.ShouldHaveSingleItem().Name.ShouldBe("approved");
    }

    [Fact]
    public async Task It_may_await_again_and_keep_nothing()
    {
        var runId = await _saga.StartRunAsync("echo");
        var first = await _saga.ExecuteOfAsync(runId, "echo-0");
        await _saga.SignalAsync(runId, "one");
        await _saga.SignalAsync(runId, "two");
        await _saga.AwaitAsync(first, ["one"], snapshot: "1");
        var second = await _saga.ExecuteAgainAsync(first);

        await _saga.AwaitAsync(second, ["two"]);

        var resumption = (await _saga.ExecuteAgainAsync(second)).Resumption!;
        resumption.Snapshot.ShouldBeNull();
        resumption.Signals.ShouldHaveSingleItem().Name.ShouldBe("two");
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("a\0b", null)]
    [InlineData("..", null)]
    [InlineData(null, "soon")]
    public async Task An_await_that_nothing_could_end_fails_the_step(string? signal, string? timeout)
    {
        var runId = await _saga.StartRunAsync("echo");
        await _saga.AwaitAsync(await _saga.ExecuteOfAsync(runId, "echo-0"), ["good", signal ?? "good"], timeout: timeout);

        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        (await _saga.RowAsync(runId, "echo-0")).ErrorCode.ShouldBe("invalid_await");
    }

    [Fact]
    public async Task Nobody_knows_what_it_did_when_the_run_is_cancelled_so_it_is_compensated()
    {
        var runId = await _saga.StartRunAsync("echo");
        await _saga.AwaitAsync(await _saga.ExecuteOfAsync(runId, "echo-0"), ["approved"], timeout: "PT1H");

        await _saga.HandleAsync(new CancelProvisioning { RunId = runId });
        await _saga.CompensateAsync(await _saga.CompensateOfAsync(runId, "echo-0"));

        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        (await _saga.IsAnythingToBeWokenAsync()).ShouldBeFalse();
    }
}
