using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_step_fails
{
    private readonly Walk _walk = Walk.Of("echo", "echo", "fail").Begin().Succeed("echo-0").Succeed("echo-1").Fail("fail-2");

    [Fact]
    public void Compensates_completed_steps_in_reverse_order()
    {
        _walk.Compensate("echo-1").Compensate("echo-0");

        _walk.Sent.ShouldBe(["execute echo-0", "execute echo-1", "execute fail-2", "compensate echo-1", "compensate echo-0"]);
    }

    [Fact]
    public void Compensates_one_after_the_other() => _walk.Sent[^1].ShouldBe("compensate echo-1");

    [Fact]
    public void Ends_rolled_back_with_the_step_as_the_reason()
    {
        _walk.State.Status.ShouldBe(RunStatus.Compensating);
        _walk.Compensate("echo-1").Compensate("echo-0");

        _walk.State.Status.ShouldBe(RunStatus.RolledBack);
        _walk.State.Error!.ToJson().ShouldBe("""{"reason":"step_failed:fail","compensate_from_idx":1}""");
    }

    [Fact]
    public void Leaves_a_ledger_of_compensated_steps_and_the_failed_one()
    {
        _walk.Compensate("echo-1").Compensate("echo-0");

        Enumerable.Range(0, 3).Select(node => _walk.State.Nodes[node])
            .ShouldBe([NodeStatus.Compensated, NodeStatus.Compensated, NodeStatus.Failed]);
        _walk.Ledger.ShouldContain(new LedgerChange.NodeFailed(2, Walk.Now, "quota_exceeded", "No more."));
    }

    [Fact]
    public void Is_rolled_back_at_once_if_it_was_the_first()
    {
        var walk = Walk.Of("fail", "echo").Begin().Fail("fail-0");

        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.State.Error!.ToJson().ShouldBe("""{"reason":"step_failed:fail","compensate_from_idx":-1}""");
        walk.Sent.ShouldBe(["execute fail-0"]);
    }

    [Fact]
    public void A_step_without_compensation_is_compensated_with_nothing_to_do()
    {
        _walk.Compensate("echo-1", nothingToDo: true);

        _walk.StatusOf("echo-1").ShouldBe(NodeStatus.Compensated);
        _walk.Ledger.ShouldContain(new LedgerChange.NodeCompensated(1, Walk.Now, NothingToDo: true));
    }
}
