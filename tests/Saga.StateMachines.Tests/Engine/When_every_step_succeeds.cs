using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_every_step_succeeds
{
    [Fact]
    public void Starts_one_step_after_the_other()
    {
        var walk = Walk.Of("echo", "echo", "echo").Begin();
        walk.Sent.ShouldBe(["execute echo-0"]);

        walk.Succeed("echo-0");
        walk.Sent.ShouldBe(["execute echo-0", "execute echo-1"]);
    }

    [Fact]
    public void Completes_the_run()
    {
        var walk = Walk.Of("echo", "echo", "echo").Begin().Succeed("echo-0").Succeed("echo-1").Succeed("echo-2");

        walk.State.Status.ShouldBe(RunStatus.Completed);
        walk.State.Nodes.ToString().ShouldBe("c3");
        walk.State.Error.ShouldBeNull();
        walk.State.Dispatches.ShouldBeEmpty();
    }

    [Fact]
    public void Counts_dispatches_from_one_and_attempts_too()
    {
        var walk = Walk.Of("echo", "echo").Begin();
        walk.State.Dispatches.ShouldHaveSingleItem().ShouldBe(new Dispatch(0, 1, 1, DispatchKind.Execute));

        walk.Succeed("echo-0");
        walk.State.Dispatches.ShouldHaveSingleItem().ShouldBe(new Dispatch(1, 1, 2, DispatchKind.Execute));
    }

    [Fact]
    public void Tells_the_ledger_when_and_what()
    {
        var walk = Walk.Of("echo").Begin().Succeed("echo-0");

        walk.Ledger.ShouldBe([new LedgerChange.NodeStarted(0, Walk.Now, 1), new LedgerChange.NodeCompleted(0, Walk.Now, Output: null)]);
    }

    [Fact]
    public void A_plan_without_nodes_completes_when_it_begins() =>
        new Walk(Graph.Of()).Begin().State.Status.ShouldBe(RunStatus.Completed);
}
