using Saga.Contracts;
using Saga.StateMachines.Resuming;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_somebody_stops_a_run : IAsyncLifetime
{
    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    // "cancel is seen between steps ...; nothing is executed after the cancel has committed."
    [Fact]
    public async Task The_step_in_flight_finishes_and_nothing_new_starts()
    {
        var runId = await _saga.StartRunAsync("echo", "echo", "echo");
        await _saga.CompleteAllAsync(runId, "echo-0");
        var inFlight = await _saga.ExecuteOfAsync(runId, "echo-1");
        await _saga.SendAsync(new CancelProvisioning { RunId = runId, By = "ann", Reason = "typo" });
        await _saga.ConsumedAsync<CancelProvisioning>(1);
        await _saga.CompleteAsync(inFlight);
        await _saga.CompensateAsync(await _saga.CompensateOfAsync(runId, "echo-1"));
        await _saga.CompensateAsync(await _saga.CompensateOfAsync(runId, "echo-0"));

        (await _saga.PublishedAsync<ProvisioningRolledBack>(rolledBack => rolledBack.RunId == runId)).Reason.ShouldBe("cancelled");
        _saga.SentSoFar<ExecuteStep>().Count.ShouldBe(2);
        var run = (await _saga.RunAsync(runId))!;
        (run.StopRequestedBy, run.StopNote, run.CancelRequested).ShouldBe(("ann", "typo", true));
    }

    [Fact]
    public async Task Who_cancelled_first_stays_who_stopped_it()
    {
        var runId = await _saga.StartRunAsync("echo", "echo");
        var inFlight = await _saga.ExecuteOfAsync(runId, "echo-0");
        await _saga.HandleAsync(new CancelProvisioning { RunId = runId, By = "ann", Reason = "typo" });
        await _saga.HandleAsync(new CancelProvisioning { RunId = runId, By = "ben", Reason = "me too" });
        await StoppedByAsync(runId, "ann", "typo");

        await _saga.CompleteAsync(inFlight);
        var compensate = await _saga.CompensateOfAsync(runId, "echo-0");
        await _saga.HandleAsync(new CancelProvisioning { RunId = runId, By = "cleo" });
        await _saga.HandleAsync(new RollBackProvisioning { RunId = runId, By = "dan" });
        await _saga.CompensateAsync(compensate);
        await _saga.PublishedAsync<ProvisioningRolledBack>(rolledBack => rolledBack.RunId == runId);
        await _saga.HandleAsync(new CancelProvisioning { RunId = runId, By = "eve" });
        await _saga.HandleAsync(new RollBackProvisioning { RunId = runId, By = "fay" });

        await StoppedByAsync(runId, "ann", "typo");
    }

    [Fact]
    public async Task Who_comes_after_a_failure_did_not_stop_it()
    {
        var runId = await _saga.StartPlanAsync("""{"nodes":[{"name":"a","step":"echo"},{"name":"b","step":"echo"}]}""");
        await _saga.FailAsync(await _saga.ExecuteOfAsync(runId, "a"));
        await _saga.ConsumedAsync<StepFailed>(1);

        await _saga.HandleAsync(new CancelProvisioning { RunId = runId, By = "ann", Reason = "typo" });

        await StoppedByAsync(runId, by: null, note: null);
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "b"));
        (await _saga.CompensateOfAsync(runId, "b")).Reason.ShouldBe("step_failed:echo");
    }

    [Fact]
    public async Task Who_rolled_it_back_first_stays_who_did()
    {
        var runId = await _saga.StartRunAsync("echo");
        await _saga.CompleteAllAsync(runId, "echo-0");
        await _saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == runId);
        await _saga.HandleAsync(new CancelProvisioning { RunId = runId, By = "too late" });
        await StoppedByAsync(runId, by: null, note: null);

        await _saga.HandleAsync(new RollBackProvisioning { RunId = runId, By = "ann", Reason = "not needed" });
        await _saga.HandleAsync(new RollBackProvisioning { RunId = runId, By = "ben", Reason = "me too" });

        await StoppedByAsync(runId, "ann", "not needed");
    }

    // "also after the last one and before completion"
    [Fact]
    public async Task A_cancel_during_the_last_step_still_walks_back()
    {
        var runId = await _saga.StartRunAsync("echo");
        var last = await _saga.ExecuteOfAsync(runId, "echo-0");
        await _saga.SendAsync(new CancelProvisioning { RunId = runId });
        await _saga.ConsumedAsync<CancelProvisioning>(1);
        await _saga.CompleteAsync(last);

        (await _saga.CompensateOfAsync(runId, "echo-0")).Reason.ShouldBe("cancelled");
        _saga.PublishedSoFar<ProvisioningCompleted>().ShouldBeEmpty();
    }

    // "rolling back a completed run compensates all, and asking twice does nothing more."
    [Fact]
    public async Task A_completed_run_is_rolled_back_once()
    {
        var runId = await _saga.StartRunAsync("echo", "echo");
        await _saga.CompleteAllAsync(runId, "echo-0", "echo-1");
        await _saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == runId);

        await _saga.SendAsync(new RollBackProvisioning { RunId = runId });
        await _saga.CompensateAsync(await _saga.CompensateOfAsync(runId, "echo-1"));
        await _saga.CompensateAsync(await _saga.CompensateOfAsync(runId, "echo-0"));
        var rolledBack = await _saga.PublishedAsync<ProvisioningRolledBack>(rolledBack => rolledBack.RunId == runId);
        await _saga.SendAsync(new RollBackProvisioning { RunId = runId });
        await _saga.ConsumedAsync<RollBackProvisioning>(2);

        (rolledBack.Reason, rolledBack.CompensateFromIndex).ShouldBe(("rollback_requested", 1));
        _saga.SentSoFar<CompensateStep>().Count.ShouldBe(2);
        _saga.PublishedSoFar<ProvisioningRolledBack>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_completed_run_that_is_rolled_back_has_not_ended_until_it_ends_again()
    {
        var runId = await _saga.StartRunAsync("echo");
        await _saga.CompleteAllAsync(runId, "echo-0");
        await _saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == runId);
        (await _saga.RunAsync(runId))!.CompletedAt.ShouldNotBeNull();

        await _saga.HandleAsync(new RollBackProvisioning { RunId = runId });
        (await _saga.RunAsync(runId))!.CompletedAt.ShouldBeNull();

        await _saga.CompensateAsync(await _saga.CompensateOfAsync(runId, "echo-0"));
        var rolledBack = await _saga.PublishedAsync<ProvisioningRolledBack>(rolledBack => rolledBack.RunId == runId);
        (await _saga.RunAsync(runId))!.CompletedAt.ShouldBe(rolledBack.CompletedAt);
    }

    [Fact]
    public async Task A_command_to_a_run_nobody_knows_is_refused()
    {
        var runId = Guid.NewGuid();
        await _saga.SendAsync(new CancelProvisioning { RunId = runId });

        var rejected = await _saga.PublishedAsync<ProvisioningRejected>(rejected => rejected.RunId == runId);

        rejected.Command.ShouldBe("CancelProvisioning");
        rejected.Errors.ShouldHaveSingleItem().Code.ShouldBe("unknown_run");
    }

    [Fact]
    public async Task A_woken_run_sends_the_same_command_again()
    {
        var runId = await _saga.StartRunAsync("echo");
        var command = await _saga.ExecuteOfAsync(runId, "echo-0");

        await _saga.SendAsync(new WakeRun { RunId = runId });
        await _saga.ConsumedAsync<WakeRun>(1);

        var sent = _saga.SentSoFar<ExecuteStep>();
        sent.Count.ShouldBe(2);
        (sent[1].DispatchId, sent[1].Attempt, sent[1].IdempotencyKey).ShouldBe((command.DispatchId, command.Attempt, command.IdempotencyKey));
    }

    private async Task StoppedByAsync(Guid runId, string? by, string? note)
    {
        var run = (await _saga.RunAsync(runId))!;
        (run.StopRequestedBy, run.StopNote).ShouldBe((by, note));
    }
}
