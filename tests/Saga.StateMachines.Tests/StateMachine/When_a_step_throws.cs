using Saga.Contracts;
using Saga.StateMachines.Tests.StateMachine.Support;
using Saga.StateMachines.Waking;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.StateMachine;

public sealed class When_a_step_throws : IAsyncLifetime
{
    // Hours, so that nothing is woken but by the test.
    private const string Plan = """
        {"nodes":[
          {"name":"a","step":"echo","retry":{"maxAttempts":3,"initial":"PT1H","max":"PT1H","jitter":false,"nonRetryable":["forbidden"]},
           "compensation":{"retry":{"maxAttempts":2,"initial":"PT2H","max":"PT2H","jitter":false}}},
          {"name":"b","step":"fail","dependsOn":["a"]}]}
        """;

    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task It_is_executed_again_when_its_moment_has_come_and_not_before()
    {
        var runId = await _saga.StartPlanAsync(Plan);
        var first = await _saga.ExecuteOfAsync(runId, "a");

        await _saga.ThrowAsync(first);

        var row = await _saga.RowAsync(runId, "a");
        (row.Status, row.Attempts, row.ErrorCode, row.ErrorMessage).ShouldBe(("retrying", 1, "exception", "thrown"));
        row.WakeAt!.Value.ShouldBe(DateTimeOffset.UtcNow.AddHours(1), TimeSpan.FromMinutes(30));
        _saga.SentSoFar<ExecuteStep>().Count.ShouldBe(1);

        await _saga.WakeAsync(row);

        var second = await _saga.ExecuteAgainAsync(first);
        (second.Attempt, second.Resumption).ShouldBe((2, null));
        (second.IdempotencyKey, second.Input.GetRawText()).ShouldBe((first.IdempotencyKey, first.Input.GetRawText()));
        row = await _saga.RowAsync(runId, "a");
        (row.Status, row.Attempts, row.WakeAt).ShouldBe(("running", 2, null));
    }

    [Fact]
    public async Task A_success_after_all_clears_the_failure()
    {
        var runId = await _saga.StartPlanAsync(Plan);
        var first = await _saga.ExecuteOfAsync(runId, "a");
        await _saga.ThrowAsync(first);
        await _saga.WakeAsync(await _saga.RowAsync(runId, "a"));
        await _saga.CompleteAsync(await _saga.ExecuteAgainAsync(first), "1");
        await _saga.ExecuteOfAsync(runId, "b");

        var row = await _saga.RowAsync(runId, "a");

        (row.Status, row.Attempts, row.ErrorCode, row.ErrorMessage, row.WakeAt).ShouldBe(("completed", 2, null, null, null));
    }

    [Fact]
    public async Task The_end_of_an_earlier_wait_is_not_taken_for_the_end_of_this_one()
    {
        var runId = await _saga.StartPlanAsync(Plan);
        var first = await _saga.ExecuteOfAsync(runId, "a");
        await _saga.ThrowAsync(first);
        var wait = await _saga.RowAsync(runId, "a");
        await _saga.WakeAsync(wait);
        await _saga.ThrowAsync(await _saga.ExecuteAgainAsync(first));

        await _saga.WakeAsync(wait);
        await _saga.HandleAsync(new WakeNode { RunId = runId, NodeIndex = 1, WakeId = wait.WakeId!.Value });
        await _saga.HandleAsync(new WakeNode { RunId = Guid.NewGuid(), NodeIndex = 0, WakeId = 1 });

        _saga.SentSoFar<ExecuteStep>().Count.ShouldBe(2);
        var row = await _saga.RowAsync(runId, "a");
        (row.Status, row.Attempts, row.WakeAt is null).ShouldBe(("retrying", 2, false));
    }

    [Fact]
    public async Task Waking_twice_executes_once()
    {
        var runId = await _saga.StartPlanAsync(Plan);
        await _saga.ThrowAsync(await _saga.ExecuteOfAsync(runId, "a"));
        var wait = await _saga.RowAsync(runId, "a");

        await _saga.WakeAsync(wait);
        await _saga.WakeAsync(wait);

        _saga.SentSoFar<ExecuteStep>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_last_attempt_fails_the_node()
    {
        var runId = await _saga.StartPlanAsync(Plan);
        var command = await _saga.ExecuteOfAsync(runId, "a");
        for (var attempt = 1; attempt < 3; attempt++)
        {
            await _saga.ThrowAsync(command);
            await _saga.WakeAsync(await _saga.RowAsync(runId, "a"));
            command = await _saga.ExecuteAgainAsync(command);
        }

        await _saga.ThrowAsync(command);

        (await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId)).Reason.ShouldBe("step_failed:echo");
        var row = await _saga.RowAsync(runId, "a");
        (row.Status, row.Attempts, row.ErrorCode).ShouldBe(("failed", 3, "exception"));
        (await _saga.IsAnythingToBeWokenAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task A_code_that_no_attempt_can_cure_fails_it_at_once()
    {
        var runId = await _saga.StartPlanAsync(Plan);
        await _saga.ThrowAsync(await _saga.ExecuteOfAsync(runId, "a"), "forbidden");

        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        var row = await _saga.RowAsync(runId, "a");
        (row.Status, row.Attempts, row.WakeAt).ShouldBe(("failed", 1, null));
    }

    [Fact]
    public async Task It_may_say_itself_when_to_try_again()
    {
        var runId = await _saga.StartPlanAsync(Plan);
        await _saga.ThrowAsync(await _saga.ExecuteOfAsync(runId, "a"), retryAfter: "PT5H");

        (await _saga.RowAsync(runId, "a")).WakeAt!.Value.ShouldBe(DateTimeOffset.UtcNow.AddHours(5), TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task A_short_wait_ends_without_anybodys_help()
    {
        var runId = await _saga.StartPlanAsync("""{"nodes":[{"name":"a","step":"echo","retry":{"initial":"PT0.05S","jitter":false}}]}""");
        var first = await _saga.ExecuteOfAsync(runId, "a");
        await _saga.ThrowAsync(first);

        (await _saga.ExecuteAgainAsync(first)).Attempt.ShouldBe(2);
    }

    [Fact]
    public async Task A_compensation_is_tried_again_too()
    {
        var runId = await _saga.StartPlanAsync(Plan);
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "a"), """{"id":7}""");
        await _saga.FailAsync(await _saga.ExecuteOfAsync(runId, "b"));
        var first = await _saga.CompensateOfAsync(runId, "a");
        await _saga.FailToCompensateAsync(first, retryable: true);
        var row = await _saga.RowAsync(runId, "a");
        (row.Status, row.CompensationAttempts, row.CompensationErrorCode).ShouldBe(("compensating", 1, "refused"));
        row.WakeAt!.Value.ShouldBe(DateTimeOffset.UtcNow.AddHours(2), TimeSpan.FromMinutes(30));
        var startedAt = row.CompensationStartedAt.ShouldNotBeNull();

        await _saga.WakeAsync(row);
        var second = await _saga.CompensateAgainAsync(first);
        (await _saga.RowAsync(runId, "a")).CompensationStartedAt.ShouldBe(startedAt, "It says when the compensation was first sent.");
        second.Attempt.ShouldBe(2);
        second.Output.Compact().ShouldBe("""{"id":7}""");
        await _saga.CompensateAsync(second);

        await _saga.PublishedAsync<ProvisioningRolledBack>(ended => ended.RunId == runId);
        row = await _saga.RowAsync(runId, "a");
        (row.Status, row.CompensationAttempts, row.CompensationErrorCode, row.WakeAt).ShouldBe(("compensated", 2, null, null));
    }

    [Fact]
    public async Task A_compensation_that_fails_to_the_last_leaves_the_run_failed()
    {
        var runId = await _saga.StartPlanAsync(Plan);
        await _saga.CompleteAsync(await _saga.ExecuteOfAsync(runId, "a"));
        await _saga.FailAsync(await _saga.ExecuteOfAsync(runId, "b"));
        var first = await _saga.CompensateOfAsync(runId, "a");
        await _saga.FailToCompensateAsync(first, retryable: true);
        await _saga.WakeAsync(await _saga.RowAsync(runId, "a"));
        await _saga.FailToCompensateAsync(await _saga.CompensateAgainAsync(first), retryable: true);

        (await _saga.PublishedAsync<ProvisioningFailed>(ended => ended.RunId == runId)).NotCompensated.ShouldBe(["a"]);
        (await _saga.IsAnythingToBeWokenAsync()).ShouldBeFalse();
    }
}
