using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

/// <summary>The plan is a root, two branches, and a join.</summary>
public sealed class When_branches_run_at_once
{
    private readonly Walk _walk = new Walk(Graph.Of("root", "left < root", "right < root", "join < left right")).Begin().Succeed("root");

    [Fact]
    public void Starts_independent_nodes_together() => _walk.Sent.ShouldBe(["execute root", "execute left", "execute right"]);

    [Fact]
    public void Starts_the_join_after_both()
    {
        _walk.Succeed("right").Sent[^1].ShouldNotBe("execute join");
        _walk.Succeed("left").Sent[^1].ShouldBe("execute join");
    }

    [Fact]
    public void Compensates_independent_nodes_together_and_the_root_after_both()
    {
        _walk.Succeed("right").Succeed("left").Fail("join");
        _walk.Sent[^2..].ShouldBe(["compensate right", "compensate left"]);

        _walk.Compensate("left").Sent[^1].ShouldNotBe("compensate root");
        _walk.Compensate("right").Sent[^1].ShouldBe("compensate root");
    }

    [Fact]
    public void A_failure_waits_for_the_other_branch_and_compensates_it_too()
    {
        _walk.Fail("left");
        _walk.State.Status.ShouldBe(RunStatus.Running);
        _walk.State.Error.ShouldBe(new RunError("step_failed:left", 0));

        _walk.Succeed("right");
        _walk.State.Status.ShouldBe(RunStatus.Compensating);
        _walk.State.Error.ShouldBe(new RunError("step_failed:left", 2));
        _walk.Sent[^1].ShouldBe("compensate right");
    }

    [Fact]
    public void The_first_failure_is_the_reason() =>
        _walk.Fail("right").Fail("left").State.Error.ShouldBe(new RunError("step_failed:right", 0));
}
