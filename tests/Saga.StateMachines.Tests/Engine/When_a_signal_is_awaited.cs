using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_signal_is_awaited
{
    private const string Any = """{"names":["yes","no"]}""";
    private const string All = """{"names":["yes","no"],"mode":"all"}""";

    [Fact]
    public void Goes_on_with_what_arrived()
    {
        var walk = Of(Any).Begin().Signal("other").Signal("no", """{"by":"me"}""");

        walk.InputOf("after").ShouldBe(
            """{"got":{"name":"no","payload":{"by":"me"},"timedOut":false,"signals":[{"name":"no","payload":{"by":"me"},"receivedAt":"2025-03-01T12:00:00\u002B00:00"}]}}""");
        walk.Inbox.ShouldBe(["other"]);
        walk.Last.Consumed.ShouldBe([(2, 0)]);
    }

    [Fact]
    public void A_signal_that_comes_early_is_kept_even_before_the_run_begins()
    {
        var walk = Of(Any).Signal("yes").Begin();

        walk.Sent.ShouldBe(["execute after"]);
        walk.Inbox.ShouldBeEmpty();
        walk.State.InboxCount.ShouldBe(0);
    }

    [Fact]
    public void Of_several_that_came_early_the_first_is_taken_and_the_others_stay()
    {
        var walk = Of(Any).Signal("no", "1").Signal("yes", "2").Signal("no", "3").Begin();

        walk.InputOf("after").ShouldNotBeNull().ShouldStartWith("""{"got":{"name":"no","payload":1,""");
        walk.Inbox.ShouldBe(["yes", "no"]);
    }

    [Fact]
    public void Takes_one_of_each_when_it_waits_for_all_and_leaves_the_others_in_order()
    {
        var walk = Of(All).Begin().Signal("yes", "1").Signal("x").Signal("yes", "2");
        walk.Sent.ShouldBeEmpty();

        walk.Signal("no", "3").InputOf("after").ShouldNotBeNull().ShouldStartWith("""{"got":{"name":"yes","payload":1,"timedOut":false,"signals":[{"name":"yes","payload":1,""");
        walk.Inbox.ShouldBe(["x", "yes"]);
    }

    [Fact]
    public void A_timeout_fails_it_and_takes_nothing()
    {
        var walk = Of("""{"names":["yes","no"],"mode":"all","timeout":"PT1M"}""").Begin().Signal("yes").Due("w");

        walk.State.Error!.Reason.ShouldBe("signal_timeout:w");
        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.Inbox.ShouldBe(["yes"]);
    }

    [Fact]
    public void A_timeout_goes_on_with_what_arrived_when_told_to()
    {
        var walk = Of("""{"names":["yes","no"],"mode":"all","timeout":"PT1M","onTimeout":"continue"}""").Begin().Signal("no", "7").Due("w");

        walk.InputOf("after").ShouldNotBeNull().ShouldStartWith("""{"got":{"name":"no","payload":7,"timedOut":true,"signals":[{"name":"no",""");
        walk.Inbox.ShouldBeEmpty();
    }

    [Fact]
    public void A_timeout_goes_on_with_nothing_when_nothing_arrived() =>
        Of("""{"name":"yes","timeout":"PT1M","onTimeout":"continue"}""").Begin().Due("w")
            .InputOf("after").ShouldBe("""{"got":{"name":null,"payload":null,"timedOut":true,"signals":[]}}""");

    [Fact]
    public void A_timeout_goes_on_with_the_default_when_nothing_arrived() =>
        Of("""{"name":"yes","timeout":"PT1M","onTimeout":"default","default":{"ok":false}}""").Begin().Due("w")
            .InputOf("after").ShouldBe("""{"got":{"name":null,"payload":{"ok":false},"timedOut":true,"signals":[]}}""");

    [Fact]
    public void Is_not_timed_out_by_another_wait_or_after_it_went_on()
    {
        var walk = Of("""{"name":"yes","timeout":"PT1M"}""").Begin();
        walk.Ignored(new RunEvent.Due(0, 99)).ShouldBe(IgnoredBecause.StaleDispatch);

        var due = walk.DueOf("w");
        walk.Signal("yes").Ignored(due).ShouldBe(IgnoredBecause.Duplicate);
    }

    [Fact]
    public void The_timeout_may_come_from_the_input_and_must_be_a_duration()
    {
        const string signal = """{"name":"yes","timeout":{"$ref":"input/t"}}""";
        Of(signal, """{"t":"PT5M"}""").Begin().Ledger.OfType<LedgerChange.NodeWaiting>().Single().WakeAt.ShouldBe(Walk.Now.AddMinutes(5));
        Of(signal, """{"t":"soon"}""").Begin().State.Error!.Reason.ShouldBe("invalid_time:w");
    }

    [Fact]
    public void The_first_of_two_nodes_takes_it_and_the_other_waits_for_the_next()
    {
        var walk = Walk.OfJson("""{"name":"v","signal":"go"},{"name":"w","signal":"go"}""").Begin().Signal("go");
        (walk.StatusOf("v"), walk.StatusOf("w")).ShouldBe((NodeStatus.Completed, NodeStatus.Waiting));

        walk.Signal("go").State.Status.ShouldBe(RunStatus.Completed);
    }

    [Fact]
    public void A_signal_is_taken_by_a_node_that_can_go_on_with_it_before_one_that_cannot_yet()
    {
        var walk = Walk.OfJson($$"""{"name":"v","signal":{{All}}},{"name":"w","signal":"yes"}""").Begin().Signal("yes");

        (walk.StatusOf("v"), walk.StatusOf("w")).ShouldBe((NodeStatus.Waiting, NodeStatus.Completed));
    }

    [Fact]
    public void Two_nodes_that_start_together_do_not_take_the_same_signal()
    {
        var walk = Walk.OfJson("""{"name":"v","signal":"go"},{"name":"w","signal":"go"}""").Signal("go").Begin();

        (walk.StatusOf("v"), walk.StatusOf("w")).ShouldBe((NodeStatus.Completed, NodeStatus.Waiting));
        walk.State.InboxCount.ShouldBe(0);
    }

    [Fact]
    public void Signals_to_a_run_that_walks_back_or_has_ended_are_ignored()
    {
        var walk = Walk.Of("echo", "fail").Begin().Succeed("echo-0").Fail("fail-1");
        walk.Ignored(walk.SignalOf("go")).ShouldBe(IgnoredBecause.AlreadyCompensating);

        walk.Compensate("echo-0").Ignored(walk.SignalOf("go")).ShouldBe(IgnoredBecause.RunEnded);
        Walk.OfCompleted("echo").Ignored(walk.SignalOf("go")).ShouldBe(IgnoredBecause.RunEnded);
    }

    [Fact]
    public void A_run_keeps_no_more_than_a_thousand()
    {
        var walk = Walk.Of("echo").Begin();
        for (var i = 0; i < RunEngine.MaxInbox; i++)
        {
            walk.Signal("go");
        }

        walk.Ignored(walk.SignalOf("go")).ShouldBe(IgnoredBecause.InboxFull);
    }

    // Otherwise a run full of signals that nobody wants would wait for ever for the one that it does want.
    [Fact]
    public void A_run_that_keeps_a_thousand_still_takes_those_that_it_waits_for()
    {
        var walk = Walk.OfJson("""{"name":"w","signal":{"names":["a","b"],"mode":"all"}}""").Begin();
        for (var i = 0; i < RunEngine.MaxInbox; i++)
        {
            walk.Signal("noise");
        }

        walk.Signal("a");
        walk.Ignored(walk.SignalOf("a")).ShouldBe(IgnoredBecause.InboxFull);
        walk.Ignored(walk.SignalOf("noise")).ShouldBe(IgnoredBecause.InboxFull);
        walk.Signal("b");

        walk.StatusOf("w").ShouldBe(NodeStatus.Completed);
        walk.State.InboxCount.ShouldBe(RunEngine.MaxInbox);
    }

    [Fact]
    public void Is_stopped_when_the_run_stops()
    {
        var walk = Walk.OfJson($$"""{"name":"w","signal":{{Any}}},{"name":"a","step":"x"}""").Begin().Fail("a");

        walk.StatusOf("w").ShouldBe(NodeStatus.Skipped);
        walk.State.Status.ShouldBe(RunStatus.RolledBack);
    }

    private static Walk Of(string signal, string input = "{}") =>
        Walk.OfJson($$$$"""{"name":"w","signal":{{{{signal}}}}},{"name":"after","step":"use","input":{"got":{"$ref":"w"}}}""", input);
}
