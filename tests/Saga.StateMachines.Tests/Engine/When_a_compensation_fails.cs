using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_compensation_fails
{
    private readonly Walk _walk =
        Walk.Of("echo", "echo", "echo", "fail").Begin().Succeed("echo-0").Succeed("echo-1").Succeed("echo-2").Fail("fail-3")
            .FailToCompensate("echo-2");

    [Fact]
    public void Records_it_and_walks_on()
    {
        _walk.StatusOf("echo-2").ShouldBe(NodeStatus.CompensationFailed);
        _walk.Ledger.ShouldContain(new LedgerChange.CompensationFailed(2, Walk.Now, "exception", "It is locked."));
        _walk.Sent[^1].ShouldBe("compensate echo-1");
    }

    [Fact]
    public void Ends_failed_and_lists_what_remains_in_plan_order()
    {
        _walk.Compensate("echo-1").FailToCompensate("echo-0");

        _walk.State.Status.ShouldBe(RunStatus.Failed);
        _walk.State.Error!.ToJson().ShouldBe("""{"reason":"step_failed:fail","compensate_from_idx":2,"not_compensated":["echo-0","echo-2"]}""");
    }
}
