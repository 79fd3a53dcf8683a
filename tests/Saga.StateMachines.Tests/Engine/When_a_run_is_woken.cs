using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_run_is_woken
{
    private static readonly RunEvent _wake = new RunEvent.Wake();

    [Fact]
    public void Begins_it_if_it_had_not_begun() =>
        Walk.Of("echo").Accept(_wake).Sent.ShouldBe(["execute echo-0"]);

    [Fact]
    public void Sends_the_same_dispatches_again_and_changes_nothing()
    {
        var walk = new Walk(Graph.Of("a", "b")).Begin().Succeed("a");
        var decision = walk.Apply(_wake);

        decision.State.ShouldBe(walk.State);
        decision.Commands.ShouldBe([new Command(new Dispatch(1, 1, 2, DispatchKind.Execute), IsRepeat: true)]);
        decision.Ledger.ShouldBeEmpty();
        decision.Ignored.ShouldBeNull();
    }

    [Fact]
    public void Does_not_ask_a_failed_step_again()
    {
        var walk = Walk.Of("echo", "fail").Begin().Succeed("echo-0").Fail("fail-1");

        walk.Apply(_wake).Commands.ShouldBe([new Command(new Dispatch(0, 1, 3, DispatchKind.Compensate), IsRepeat: true)]);
    }

    [Fact]
    public void Is_ignored_after_the_end() =>
        Walk.OfCompleted("echo").Ignored(_wake).ShouldBe(IgnoredBecause.RunEnded);
}
