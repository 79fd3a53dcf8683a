using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_run_is_cancelled
{
    private const string CancelledAfterFirst = """{"reason":"cancelled","compensate_from_idx":0}""";

    [Fact]
    public void Waits_for_the_step_in_flight_and_starts_no_other()
    {
        var walk = Walk.Of("echo", "echo").Begin().Cancel();
        walk.State.Status.ShouldBe(RunStatus.Running);
        walk.State.CancelRequested.ShouldBeTrue();

        walk.Succeed("echo-0");
        walk.State.Status.ShouldBe(RunStatus.Compensating);
        walk.Sent.ShouldBe(["execute echo-0", "compensate echo-0"]);

        walk.Compensate("echo-0");
        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.State.Error!.ToJson().ShouldBe(CancelledAfterFirst);
    }

    [Fact]
    public void Is_seen_after_the_last_step_and_before_completion()
    {
        var walk = Walk.Of("echo").Begin().Cancel().Succeed("echo-0");

        walk.State.Status.ShouldBe(RunStatus.Compensating);
        walk.Compensate("echo-0").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void Is_rolled_back_at_once_if_it_had_not_begun()
    {
        var walk = Walk.Of("echo").Cancel();

        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.State.Error!.ToJson().ShouldBe("""{"reason":"cancelled","compensate_from_idx":-1}""");
        walk.Sent.ShouldBeEmpty();
    }

    [Fact]
    public void Stays_cancelled_when_the_step_in_flight_fails()
    {
        var walk = Walk.Of("echo", "fail").Begin().Succeed("echo-0").Cancel().Fail("fail-1").Compensate("echo-0");

        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.State.Error!.ToJson().ShouldBe(CancelledAfterFirst);
    }

    [Fact]
    public void Is_rolled_back_when_the_only_step_in_flight_fails() =>
        Walk.Of("fail").Begin().Cancel().Fail("fail-0").State.Error!.ToJson()
            .ShouldBe("""{"reason":"cancelled","compensate_from_idx":-1}""");

    [Fact]
    public void A_second_cancel_is_ignored() =>
        Walk.Of("echo").Begin().Cancel().Ignored(new RunEvent.Cancel()).ShouldBe(IgnoredBecause.AlreadyCancelled);

    [Fact]
    public void A_cancel_is_ignored_when_a_step_failed_already()
    {
        var walk = new Walk(Graph.Of("a", "b")).Begin().Fail("a");

        walk.Ignored(new RunEvent.Cancel()).ShouldBe(IgnoredBecause.AlreadyFailing);
    }

    [Fact]
    public void A_cancel_is_ignored_when_the_run_walks_back_already() =>
        Walk.OfCompleted("echo").RollBack().Ignored(new RunEvent.Cancel()).ShouldBe(IgnoredBecause.AlreadyCompensating);
}
