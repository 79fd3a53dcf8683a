using Saga.Contracts;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_steps_answer : IAsyncLifetime
{
    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    // "[echo, echo, echo] with input {"message":"hello"}: all three completed; context echoed_at_step_0, _1, _2 = "hello"; run completed."
    [Fact]
    public async Task Three_echoes_complete_the_run()
    {
        var runId = await _saga.StartRunAsync("echo", "echo", "echo");
        await _saga.CompleteAllAsync(runId, "echo-0", "echo-1", "echo-2");

        var completed = await _saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == runId);

        completed.Context.GetRawText().ShouldBe(
            """{"echoed_at_step_0":"hello","echoed_at_step_1":"hello","echoed_at_step_2":"hello"}""", StringCompareShould.IgnoreLineEndings);
        (await _saga.LedgerAsync(runId)).Select(row => row.Status).ShouldBe(["completed", "completed", "completed"]);
        (await _saga.RunAsync(runId))!.CurrentState.ShouldBe("Completed");
    }

    // "[echo, echo, fail]: step 2 failed, then step 1 and step 0 are compensated in that order; ledger compensated, compensated, failed; run
    // rolled_back; error {"reason":"step_failed:fail","compensate_from_idx":1}."
    [Fact]
    public async Task A_failure_compensates_what_completed_in_reverse_and_hands_back_its_output()
    {
        var runId = await _saga.StartRunAsync("echo", "echo", "fail");
        await _saga.CompleteAllAsync(runId, "echo-0", "echo-1");
        await _saga.FailAsync(await _saga.ExecuteOfAsync(runId, "fail-2"), "no\0room");

        var second = await _saga.CompensateOfAsync(runId, "echo-1");
        _saga.SentSoFar<CompensateStep>().Count.ShouldBe(1);
        second.Output!.Value.GetProperty("id").GetInt32().ShouldBe(1);
        second.Reason.ShouldBe("step_failed:fail");
        await _saga.CompensateAsync(second);
        await _saga.CompensateAsync(await _saga.CompensateOfAsync(runId, "echo-0"), nothingToDo: true);

        var rolledBack = await _saga.PublishedAsync<ProvisioningRolledBack>(rolledBack => rolledBack.RunId == runId);
        rolledBack.CompensateFromIndex.ShouldBe(1);
        var ledger = await _saga.LedgerAsync(runId);
        ledger.Select(row => row.Status).ShouldBe(["compensated", "compensated", "failed"]);
        ledger.Select(row => row.Compensation).ShouldBe(["nothing_to_do", "done", null]);
        ledger[2].ErrorMessage.ShouldBe("no\uFFFDroom");
        (await _saga.RunAsync(runId))!.Error.ShouldBe("""{"reason":"step_failed:fail","compensate_from_idx":1}""");
    }

    // "failing at the first step gives rolled_back at once with compensate_from_idx -1."
    [Fact]
    public async Task A_failure_of_the_first_step_rolls_back_at_once()
    {
        var runId = await _saga.StartRunAsync("fail", "echo");
        await _saga.FailAsync(await _saga.ExecuteOfAsync(runId, "fail-0"));

        (await _saga.PublishedAsync<ProvisioningRolledBack>(rolledBack => rolledBack.RunId == runId)).CompensateFromIndex.ShouldBe(-1);
        _saga.SentSoFar<CompensateStep>().ShouldBeEmpty();
    }

    // "a compensation that fails is recorded as compensation_failed, the walk goes on, and the run ends failed, not rolled_back."
    [Fact]
    public async Task A_compensation_that_fails_leaves_the_run_failed_and_names_what_remains()
    {
        var runId = await _saga.StartRunAsync("echo", "echo", "fail");
        await _saga.CompleteAllAsync(runId, "echo-0", "echo-1");
        await _saga.FailAsync(await _saga.ExecuteOfAsync(runId, "fail-2"));
        await _saga.FailToCompensateAsync(await _saga.CompensateOfAsync(runId, "echo-1"));
        await _saga.CompensateAsync(await _saga.CompensateOfAsync(runId, "echo-0"));

        (await _saga.PublishedAsync<ProvisioningFailed>(failed => failed.RunId == runId)).NotCompensated.ShouldBe(["echo-1"]);
        (await _saga.LedgerAsync(runId)).Select(row => row.Status).ShouldBe(["compensated", "compensation_failed", "failed"]);
        _saga.PublishedSoFar<ProvisioningRolledBack>().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_given_twice_counts_once()
    {
        var runId = await _saga.StartRunAsync("echo", "echo");
        var first = await _saga.ExecuteOfAsync(runId, "echo-0");
        await _saga.CompleteAsync(first);
        await _saga.CompleteAsync(first);
        await _saga.FailAsync(first);
        await _saga.ConsumedAsync<StepCompleted>(2);
        await _saga.ConsumedAsync<StepFailed>(1);

        _saga.SentSoFar<ExecuteStep>().Count.ShouldBe(2);
        (await _saga.LedgerAsync(runId)).Select(row => row.Status).ShouldBe(["completed", "running"]);
    }

    [Fact]
    public async Task An_answer_after_the_end_changes_nothing()
    {
        var runId = await _saga.StartRunAsync("fail");
        var command = await _saga.ExecuteOfAsync(runId, "fail-0");
        await _saga.FailAsync(command);
        await _saga.PublishedAsync<ProvisioningRolledBack>(rolledBack => rolledBack.RunId == runId);
        var before = await _saga.RunAsync(runId);

        await _saga.CompleteAsync(command);
        await _saga.ConsumedAsync<StepCompleted>(1);

        (await _saga.RunAsync(runId))!.Version.ShouldBe(before!.Version);
        _saga.SentSoFar<CompensateStep>().ShouldBeEmpty();
    }
}
