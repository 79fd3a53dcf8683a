using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

/// <summary>A worker that was given up as failed answers after all: the step did run, so it must be compensated too.</summary>
public sealed class When_a_failed_step_succeeds_late
{
    [Fact]
    public void Is_compensated_with_the_others_while_the_run_waits_for_them()
    {
        var walk = new Walk(Graph.Of("a", "b")).Begin().Fail("a").Succeed("a");
        walk.StatusOf("a").ShouldBe(NodeStatus.Completed);
        walk.State.Status.ShouldBe(RunStatus.Running);

        walk.Succeed("b").Sent[^2..].ShouldBe(["compensate b", "compensate a"]);
        walk.State.Error.ShouldBe(new RunError("step_failed:a", 1));
    }

    [Fact]
    public void Is_compensated_at_once_when_the_run_walks_back()
    {
        var walk = Walk.Of("echo", "fail").Begin().Succeed("echo-0").Fail("fail-1").Succeed("fail-1");
        walk.Sent[^1].ShouldBe("compensate fail-1");
        walk.Ledger[^2..].ShouldBe([new LedgerChange.NodeCompleted(1, Walk.Now, Output: null), new LedgerChange.CompensationStarted(1, Walk.Now, 1)]);

        walk.Compensate("echo-0").State.Status.ShouldBe(RunStatus.Compensating);
        walk.Compensate("fail-1").State.Status.ShouldBe(RunStatus.RolledBack);
        walk.State.Error.ShouldBe(new RunError("step_failed:fail", 0));
    }

    [Fact]
    public void Holds_back_every_node_it_depended_on_even_when_those_between_are_compensated()
    {
        var walk = Walk.Of("echo", "echo", "fail").Begin().Succeed("echo-0").Succeed("echo-1").Fail("fail-2").Succeed("fail-2");

        walk.Compensate("echo-1").Sent[^1].ShouldNotBe("compensate echo-0");
        walk.Compensate("fail-2").Sent[^1].ShouldBe("compensate echo-0");
    }

    [Fact]
    public void Counts_once()
    {
        var walk = Walk.Of("echo", "fail").Begin().Succeed("echo-0").Fail("fail-1");
        var success = walk.Success("fail-1");

        walk.Accept(success).Ignored(success).ShouldBe(IgnoredBecause.Duplicate);
    }

    [Fact]
    public void Is_ignored_after_the_end()
    {
        var walk = Walk.Of("fail").Begin();
        var success = walk.Success("fail-0");

        walk.Fail("fail-0").Ignored(success).ShouldBe(IgnoredBecause.RunEnded);
    }
}
