using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Saga.StateMachines.Times;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_step_awaits_signals
{
    private readonly Walk _walk = Walk.OfJson("""{"name":"a","step":"x"}""").Begin();

    [Fact]
    public void Waits_with_what_it_keeps()
    {
        _walk.Await("a", all: false, TimeSpan.FromMinutes(5), "go");

        _walk.StatusOf("a").ShouldBe(NodeStatus.Waiting);
        var waiting = _walk.Ledger.OfType<LedgerChange.NodeWaiting>().Single();
        (waiting.WakeAt, waiting.WakeId).ShouldBe((Walk.Now.AddMinutes(5), 2));
        waiting.Snapshot!.Value.GetString().ShouldBe("so far");
        _walk.State.Awaits.ShouldBe([new AwaitedSignals(0, ["go"], All: false)]);
    }

    [Fact]
    public void Is_executed_again_with_what_arrived_as_the_same_attempt()
    {
        _walk.Await("a", all: true, null, "go", "stop").Signal("stop", "1").Signal("go", "2");

        _walk.State.Dispatches.ShouldBe([new Dispatch(0, 1, 3, DispatchKind.Execute)]);
        var resumption = _walk.Commands[^1].Resumption.ShouldNotBeNull();
        resumption.Signals.Select(signal => signal.Name).ShouldBe(["stop", "go"]);
        resumption.TimedOut.ShouldBeFalse();
        _walk.Inbox.ShouldBeEmpty();
        _walk.Succeed("a").State.Status.ShouldBe(RunStatus.Completed);
    }

    [Fact]
    public void Is_executed_again_at_once_when_they_arrived_before()
    {
        _walk.Signal("go").Await("a", all: false, null, "go");

        _walk.StatusOf("a").ShouldBe(NodeStatus.Running);
        _walk.Commands[^1].Resumption!.Signals.Count.ShouldBe(1);
    }

    [Fact]
    public void A_timeout_resumes_it_with_what_arrived()
    {
        _walk.Await("a", all: true, TimeSpan.FromMinutes(5), "go", "stop").Signal("stop").Due("a");

        var resumption = _walk.Commands[^1].Resumption.ShouldNotBeNull();
        resumption.TimedOut.ShouldBeTrue();
        resumption.Signals.Select(signal => signal.Name).ShouldBe(["stop"]);
    }

    [Fact]
    public void May_await_again()
    {
        _walk.Await("a", all: false, null, "go").Signal("go").Await("a", all: false, null, "go");
        _walk.StatusOf("a").ShouldBe(NodeStatus.Waiting);

        _walk.Signal("go").Succeed("a").State.Status.ShouldBe(RunStatus.Completed);
    }

    [Fact]
    public void A_stop_meanwhile_leaves_nobody_knowing_what_it_did_so_it_is_compensated()
    {
        _walk.Await("a", all: false, null, "go").Cancel();
        _walk.Ledger.ShouldContain(new LedgerChange.NodeUnknown(0, Walk.Now));
        _walk.State.Awaits.ShouldBeEmpty();
        _walk.Sent[^1].ShouldBe("compensate a");

        _walk.Compensate("a").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void A_step_that_awaits_while_the_run_stops_is_compensated_too()
    {
        _walk.Cancel().Await("a", all: false, null, "go").Sent[^1].ShouldBe("compensate a");
        _walk.Compensate("a").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void A_wait_that_nothing_could_end_fails_the_run_and_is_compensated()
    {
        _walk.Await("a", all: false, null);

        _walk.State.Error!.Reason.ShouldBe("step_failed:x");
        _walk.Sent[^1].ShouldBe("compensate a");
    }

    [Fact]
    public void A_wait_longer_than_time_is_as_long_as_can_be() =>
        _walk.Await("a", all: false, TimeSpan.MaxValue, "go").Ledger.OfType<LedgerChange.NodeWaiting>().Single().WakeAt.ShouldBe(Walk.Now + IsoDuration.Max);

    [Fact]
    public void Its_answers_from_before_do_not_count_after_it_was_resumed()
    {
        var success = _walk.Success("a");

        _walk.Await("a", all: false, null, "go").Ignored(success).ShouldBe(IgnoredBecause.Duplicate);
        _walk.Signal("go").Ignored(success).ShouldBe(IgnoredBecause.Duplicate);
    }
}
