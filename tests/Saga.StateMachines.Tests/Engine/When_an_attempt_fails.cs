using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_an_attempt_fails
{
    private const string Fixed = """{"maxAttempts":3,"backoff":"fixed","initial":"PT2S","jitter":false,"nonRetryable":["never"]}""";

    [Fact]
    public void Is_tried_again_after_a_wait()
    {
        var walk = Of(Fixed).Begin().Crash("a");
        walk.StatusOf("a").ShouldBe(NodeStatus.Retrying);
        walk.Ledger[^1].ShouldBe(new LedgerChange.NodeRetrying(0, Walk.Now, 2, "exception", "It broke.", Walk.Now.AddSeconds(2), 2));

        walk.Due("a").State.Dispatches.ShouldBe([new Dispatch(0, 2, 3, DispatchKind.Execute)]);
        walk.Commands[^1].IsRepeat.ShouldBeTrue();
        walk.Succeed("a").State.Status.ShouldBe(RunStatus.Completed);
    }

    [Theory]
    [InlineData("exponential", 1, 2)]
    [InlineData("linear", 1, 2)]
    [InlineData("fixed", 1, 1)]
    public void The_waits_grow_as_the_policy_says(string backoff, int first, int second)
    {
        var walk = Of($$"""{"backoff":"{{backoff}}","jitter":false}""").Begin().Crash("a").Due("a").Crash("a");

        walk.Ledger.OfType<LedgerChange.NodeRetrying>().Select(change => (change.WakeAt - Walk.Now).TotalSeconds).ShouldBe([first, second]);
    }

    [Fact]
    public void Jitter_shortens_a_wait_by_half_at_most()
    {
        var walk = Of("""{"maxAttempts":9,"backoff":"fixed","initial":"PT10S"}""").Begin();
        for (var attempt = 1; attempt < 9; attempt++)
        {
            walk.Crash("a").Due("a");
        }

        var waits = walk.Ledger.OfType<LedgerChange.NodeRetrying>().Select(change => (change.WakeAt - Walk.Now).TotalSeconds).ToList();
        waits.ShouldAllBe(wait => wait >= 5 && wait <= 10);
        waits.Distinct().Count().ShouldBeGreaterThan(4);
    }

    [Fact]
    public void Fails_after_the_last_attempt()
    {
        var walk = Of(Fixed).Begin().Crash("a").Due("a").Crash("a").Due("a").Crash("a");

        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.State.LastDispatchId.ShouldBe(5);
        walk.Ledger.OfType<LedgerChange.NodeFailed>().Single().Code.ShouldBe("exception");
    }

    [Fact]
    public void Is_not_tried_again_when_its_code_says_so() => Of(Fixed).Begin().Crash("a", "never").StatusOf("a").ShouldBe(NodeStatus.Failed);

    [Fact]
    public void Is_not_tried_again_when_the_step_says_so() => Of(Fixed).Begin().Fail("a").StatusOf("a").ShouldBe(NodeStatus.Failed);

    [Theory]
    [InlineData(90.0, 90.0)]
    [InlineData(-5.0, 0.0)]
    [InlineData(double.MaxValue, 36_500.0 * 24 * 3600)]
    public void The_step_may_say_when(double after, double expected)
    {
        var wait = after > 1e9 ? TimeSpan.MaxValue : TimeSpan.FromSeconds(after);
        var walk = Of(Fixed).Begin().Crash("a", retryAfter: wait);

        (walk.Ledger.OfType<LedgerChange.NodeRetrying>().Single().WakeAt - Walk.Now).TotalSeconds.ShouldBe(expected);
    }

    [Fact]
    public void An_answer_to_the_attempt_before_is_a_duplicate()
    {
        var walk = Of(Fixed).Begin();
        var success = walk.Success("a");

        walk.Crash("a").Ignored(success).ShouldBe(IgnoredBecause.Duplicate);
        walk.Due("a").Ignored(success).ShouldBe(IgnoredBecause.Duplicate);
    }

    [Fact]
    public void Is_given_up_when_the_run_stops_meanwhile()
    {
        var walk = Of(Fixed).Begin().Crash("a");
        var due = walk.DueOf("a");
        walk.Cancel();

        walk.StatusOf("a").ShouldBe(NodeStatus.Failed);
        walk.Ledger.ShouldContain(new LedgerChange.NodeGaveUp(0, Walk.Now));
        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.Ignored(due).ShouldBe(IgnoredBecause.RunEnded);
    }

    [Fact]
    public void Is_not_tried_again_when_the_run_is_stopping() => Of(Fixed).Begin().Cancel().Crash("a").State.Status.ShouldBe(RunStatus.RolledBack);

    [Fact]
    public void A_compensation_has_attempts_of_its_own()
    {
        var walk = Of(Fixed, """, "compensation":{"retry":{"maxAttempts":2,"backoff":"fixed","initial":"PT7S","jitter":false}}""").Begin().Crash("a").Due("a").Succeed("a")
            .RollBack().FailToCompensate("a", retryable: true);
        walk.StatusOf("a").ShouldBe(NodeStatus.CompensationRetrying);
        walk.Ledger[^1].ShouldBe(new LedgerChange.CompensationRetrying(0, Walk.Now, 2, "exception", "It is locked.", Walk.Now.AddSeconds(7), 5));

        walk.Due("a").State.Dispatches.ShouldBe([new Dispatch(0, 2, 6, DispatchKind.Compensate)]);
        walk.FailToCompensate("a", retryable: true).State.Status.ShouldBe(RunStatus.Failed);
    }

    [Fact]
    public void A_compensation_succeeds_on_a_later_attempt() =>
        Of(Fixed).Begin().Succeed("a").RollBack().FailToCompensate("a", retryable: true).Due("a").Compensate("a").State.Status.ShouldBe(RunStatus.RolledBack);

    private static Walk Of(string retry, string rest = "") => Walk.OfJson($$"""{"name":"a","step":"x","retry":{{retry}}{{rest}}}""");
}
