using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_completed_run_is_rolled_back
{
    [Fact]
    public void Compensates_all_of_it_in_reverse_order()
    {
        var walk = Walk.OfCompleted("echo", "echo");
        walk.Sent.Clear();
        walk.RollBack().Compensate("echo-1").Compensate("echo-0");

        walk.Sent.ShouldBe(["compensate echo-1", "compensate echo-0"]);
        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.State.Error!.ToJson().ShouldBe("""{"reason":"rollback_requested","compensate_from_idx":1}""");
    }

    [Fact]
    public void Ends_failed_if_something_remains() =>
        Walk.OfCompleted("echo").RollBack().FailToCompensate("echo-0").State.Status.ShouldBe(RunStatus.Failed);

    [Fact]
    public void A_second_rollback_does_nothing_more()
    {
        var walk = Walk.OfCompleted("echo").RollBack();
        walk.Ignored(new RunEvent.RollBack()).ShouldBe(IgnoredBecause.NotCompleted);

        walk.Compensate("echo-0").Ignored(new RunEvent.RollBack()).ShouldBe(IgnoredBecause.NotCompleted);
    }
}
