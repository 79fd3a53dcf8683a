using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_an_answer_does_not_match
{
    private readonly Walk _walk = new Walk(Graph.Of("a", "b", "c < a")).Begin();

    [Fact]
    public void A_repeated_answer_is_a_duplicate()
    {
        var success = _walk.Success("a");

        _walk.Accept(success).Ignored(success).ShouldBe(IgnoredBecause.Duplicate);
    }

    [Fact]
    public void A_repeated_failure_is_a_duplicate() =>
        _walk.Fail("a").Ignored(new RunEvent.StepFailed("a", 1, 1, "no", "No.")).ShouldBe(IgnoredBecause.Duplicate);

    [Fact]
    public void A_failure_after_a_success_is_a_duplicate() =>
        _walk.Succeed("a").Ignored(new RunEvent.StepFailed("a", 1, 1, "no", "No.")).ShouldBe(IgnoredBecause.Duplicate);

    [Fact]
    public void Another_attempt_is_stale() =>
        _walk.Ignored(new RunEvent.StepSucceeded("a", 2, 1)).ShouldBe(IgnoredBecause.StaleDispatch);

    [Fact]
    public void The_dispatch_of_another_node_is_stale() =>
        _walk.Ignored(new RunEvent.StepSucceeded("a", 1, 2)).ShouldBe(IgnoredBecause.StaleDispatch);

    [Fact]
    public void A_dispatch_never_made_is_stale()
    {
        _walk.Ignored(new RunEvent.StepSucceeded("a", 1, 99)).ShouldBe(IgnoredBecause.StaleDispatch);
        _walk.Ignored(new RunEvent.StepSucceeded("a", 1, 0)).ShouldBe(IgnoredBecause.StaleDispatch);
        _walk.Ignored(new RunEvent.StepSucceeded("a", int.MinValue, long.MaxValue)).ShouldBe(IgnoredBecause.StaleDispatch);
    }

    [Fact]
    public void A_compensation_of_a_node_in_execution_is_stale() =>
        _walk.Ignored(new RunEvent.StepCompensated("a", 1, 1)).ShouldBe(IgnoredBecause.StaleDispatch);

    [Fact]
    public void A_node_the_plan_does_not_have_is_unknown()
    {
        _walk.Ignored(new RunEvent.StepSucceeded("nobody", 1, 1)).ShouldBe(IgnoredBecause.UnknownNode);
        _walk.Ignored(new RunEvent.StepSucceeded(null!, 1, 1)).ShouldBe(IgnoredBecause.UnknownNode);
    }
}
