using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_child_runs
{
    private const string Error = """{"reason":"step_failed:x"}""";

    [Fact]
    public void Is_started_with_its_input()
    {
        var walk = Of().Begin();

        walk.Sent.ShouldBe(["run c"]);
        walk.InputOf("c").ShouldBe("""{"n":5}""");
        walk.StatusOf("c").ShouldBe(NodeStatus.Running);
    }

    [Fact]
    public void Its_output_is_the_output_of_its_node() =>
        Of().Begin().EndChild("c", RunStatus.Completed, """{"id":1}""").InputOf("after").ShouldBe("""{"got":{"id":1}}""");

    [Fact]
    public void Fails_its_node_when_it_rolled_back()
    {
        var walk = Of().Begin().EndChild("c", RunStatus.RolledBack, error: Error);

        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.State.Error!.Reason.ShouldBe("child_rolled_back:c");
        walk.StatusOf("c").ShouldBe(NodeStatus.Failed);
    }

    [Fact]
    public void Leaves_something_behind_when_it_failed_and_the_run_says_so()
    {
        var walk = Of().Begin().EndChild("c", RunStatus.Failed, error: Error);

        walk.State.Status.ShouldBe(RunStatus.Failed);
        walk.State.Error!.ToJson().ShouldBe("""{"reason":"child_failed:c","compensate_from_idx":-1,"not_compensated":["c"]}""");
    }

    [Fact]
    public void Fails_its_node_when_it_was_refused()
    {
        var walk = Of().Begin().Accept(new RunEvent.ChildRefused(0, "unknown_kind", "No such kind."));

        walk.State.Error!.Reason.ShouldBe("unknown_kind:c");
        walk.State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Theory]
    [InlineData(RunStatus.Completed, "completed")]
    [InlineData(RunStatus.RolledBack, "rolled_back")]
    [InlineData(RunStatus.Failed, "failed")]
    public void Its_end_is_a_value_like_any_other_when_its_node_joins_settled(RunStatus end, string status) =>
        Of(""", "join":"settled" """).Begin().EndChild("c", end, "1", Error).InputOf("after")
            .ShouldBe($$$$"""{"got":{"runId":"00000000-0000-0000-0000-000000000000","status":"{{{{status}}}}","output":1,"error":{"reason":"step_failed:x"}}}""");

    [Fact]
    public void Is_cancelled_with_its_parent_which_waits_for_its_end()
    {
        var walk = Of().Begin().Cancel();
        walk.Last.ChildrenToCancel.ShouldBe([0]);
        walk.State.Status.ShouldBe(RunStatus.Running);

        walk.EndChild("c", RunStatus.RolledBack).State.Status.ShouldBe(RunStatus.RolledBack);
        walk.State.Error!.Reason.ShouldBe("cancelled");
    }

    [Fact]
    public void Is_compensated_when_it_completed_before_it_could_be_cancelled() =>
        Of().Begin().Cancel().EndChild("c", RunStatus.Completed).Sent[^1].ShouldBe("roll back c");

    [Fact]
    public void Is_cancelled_when_something_else_fails()
    {
        var walk = Walk.OfJson("""{"name":"c","child":{"kind":"other"}},{"name":"a","step":"x"}""").Begin().Fail("a");

        walk.Last.ChildrenToCancel.ShouldBe([0]);
        walk.EndChild("c", RunStatus.RolledBack).State.Error!.Reason.ShouldBe("step_failed:x");
    }

    [Fact]
    public void Is_cancelled_when_its_item_fails_and_only_then()
    {
        var walk = Walk.OfJson(
            """{"name":"m","map":{"over":[1,2],"failure":"collect","nodes":[{"name":"c","child":{"kind":"other"}},{"name":"a","step":"x"}]}}""").Begin().Fail("m[1]/a");

        walk.Last.ChildrenToCancel.ShouldBe([walk.IndexOf("m[1]/c")]);
        walk.Apply(new RunEvent.Wake()).ChildrenToCancel.ShouldBe([walk.IndexOf("m[1]/c")]);
    }

    [Fact]
    public void Is_rolled_back_when_what_comes_after_it_fails()
    {
        var walk = Of().Begin().EndChild("c", RunStatus.Completed).Fail("after");
        walk.Sent[^1].ShouldBe("roll back c");

        walk.Ignored(walk.ChildEnd("c", RunStatus.Completed)).ShouldBe(IgnoredBecause.Duplicate);
        walk.EndChild("c", RunStatus.RolledBack).State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void Is_named_when_it_could_not_be_rolled_back()
    {
        var walk = Of().Begin().EndChild("c", RunStatus.Completed).Fail("after").EndChild("c", RunStatus.Failed, error: Error);

        walk.State.Status.ShouldBe(RunStatus.Failed);
        walk.State.Error!.NotCompensated.ShouldBe(["c"]);
    }

    [Fact]
    public void Is_rolled_back_when_the_value_of_how_it_ended_would_be_too_deep()
    {
        var at = Of(""","join":"settled" """).Begin().EndChild("c", RunStatus.Completed, Nested(55));
        at.State.Error!.Reason.ShouldBe("step_failed:use", "what comes after it would make it deeper");

        var over = Of(""","join":"settled" """).Begin().EndChild("c", RunStatus.Completed, Nested(56));
        over.State.Error!.Reason.ShouldBe("value_too_deep:c");
        over.Sent[^1].ShouldBe("roll back c");
        over.EndChild("c", RunStatus.RolledBack).State.Status.ShouldBe(RunStatus.RolledBack);

        static string Nested(int depth) => new string('[', depth) + new string(']', depth);
    }

    [Fact]
    public void Ends_once()
    {
        var walk = Of().Begin();
        var end = walk.ChildEnd("c", RunStatus.Completed);

        walk.Accept(end).Ignored(end).ShouldBe(IgnoredBecause.Duplicate);
        walk.Ignored(new RunEvent.ChildRefused(0, "no", "No.")).ShouldBe(IgnoredBecause.Duplicate);
        walk.Ignored(end with { Node = 7 }).ShouldBe(IgnoredBecause.UnknownNode);
    }

    private static Walk Of(string rest = "") => Walk.OfJson(
        $$$$"""{"name":"c","child":{"kind":"other","input":{"n":{"$ref":"input/n"}}{{{{rest}}}} }},{"name":"after","step":"use","input":{"got":{"$ref":"c"}}}""",
        """{"n":5}""");
}
