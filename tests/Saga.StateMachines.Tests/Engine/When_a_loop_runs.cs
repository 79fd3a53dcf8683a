using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_loop_runs
{
    private const string UntilDone = """, "until":{"var":"output.done"}""";

    [Fact]
    public void Feeds_back_what_each_iteration_returns_and_counts_them()
    {
        var walk = Of(UntilDone).Begin();
        walk.InputOf("l[0]/a").ShouldBe("""{"p":{"start":1},"i":0}""");

        walk.Succeed("l[0]/a", """{"n":2}""").InputOf("l[1]/a").ShouldBe("""{"p":{"n":2},"i":1}""");
        walk.Succeed("l[1]/a", """{"n":3}""").InputOf("l[2]/a").ShouldBe("""{"p":{"n":3},"i":2}""");
    }

    [Fact]
    public void Ends_when_its_condition_holds_and_returns_what_the_last_iteration_did() =>
        Of(UntilDone).Begin().Succeed("l[0]/a", "{}").Succeed("l[1]/a", """{"done":true}""").InputOf("after").ShouldBe("""{"got":{"done":true}}""");

    [Fact]
    public void Its_condition_sees_the_iteration_and_what_came_before() =>
        Of(""", "until":{"and":[{"==":[{"var":"iteration"},1]},{"==":[{"var":"previous.n"},2]},{"var":"input.yes"}]}""", """{"yes":true}""")
            .Begin().Succeed("l[0]/a", """{"n":2}""").Succeed("l[1]/a", "5").InputOf("after").ShouldBe("""{"got":5}""");

    [Fact]
    public void Fails_when_its_condition_never_held()
    {
        var walk = Of(UntilDone + """, "maxIterations":2""").Begin().Succeed("l[0]/a", "{}").Succeed("l[1]/a", "{}");

        walk.State.Error!.Reason.ShouldBe("max_iterations:l");
        walk.Sent[^1].ShouldBe("compensate l[1]/a");
    }

    [Theory]
    [InlineData(UntilDone + """, "maxIterations":2,"onMaxIterations":"continue" """)]
    [InlineData(""", "maxIterations":2""")]
    public void Goes_on_after_its_last_iteration_when_told_to_or_when_it_has_no_condition(string rest) =>
        Of(rest).Begin().Succeed("l[0]/a", "1").Succeed("l[1]/a", "2").InputOf("after").ShouldBe("""{"got":2}""");

    [Fact]
    public void Lays_out_more_iterations_as_it_needs_them_and_compensates_them_one_after_the_other()
    {
        var walk = Of(""", "maxIterations":20""").Begin();
        for (var i = 0; i < 20; i++)
        {
            walk.Sent[^1].ShouldBe($"execute l[{i}]/a");
            walk.Succeed($"l[{i}]/a", "0");
        }

        walk.State.Blocks.ShouldBe([new Block(0, 1, 2, 8), new Block(0, 1, 18, 8, 8), new Block(0, 1, 34, 4, 16)]);
        walk.Fail("after");
        for (var i = 19; i >= 0; i--)
        {
            walk.Sent[^1].ShouldBe($"compensate l[{i}]/a");
            walk.Compensate($"l[{i}]/a");
        }

        walk.State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void Compensates_what_completed_of_the_iteration_that_failed_and_then_those_before()
    {
        var walk = Walk.OfJson("""{"name":"l","loop":{"initial":0,"maxIterations":3,"sequential":true,"nodes":[{"name":"a","step":"x"},{"name":"b","step":"y"}]}}""").Begin();
        walk.Succeed("l[0]/a").Succeed("l[0]/b").Succeed("l[1]/a").Fail("l[1]/b").Sent[^1].ShouldBe("compensate l[1]/a");

        walk.Compensate("l[1]/a").Sent[^1].ShouldBe("compensate l[0]/b");
        walk.Compensate("l[0]/b").Compensate("l[0]/a").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void Nothing_else_starts_after_an_iteration_when_the_run_stops() =>
        Of(UntilDone).Begin().Cancel().Succeed("l[0]/a", "{}").Sent.ShouldBe(["execute l[0]/a", "compensate l[0]/a"]);

    [Fact]
    public void Ten_thousand_iterations_that_need_nobody_are_made_at_once()
    {
        var walk = Walk.OfJson("""{"name":"l","loop":{"initial":0,"maxIterations":10000,"nodes":[{"name":"a","constant":1}]}}""").Begin();

        walk.State.Status.ShouldBe(RunStatus.Completed);
        walk.RollBack().State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void A_value_that_grows_deeper_each_time_fails_it_before_no_reader_takes_it()
    {
        var walk = Walk.OfJson("""{"name":"l","loop":{"initial":0,"maxIterations":200,"nodes":[{"name":"a","step":"x"}],"output":[{"$ref":"previous"}]}}""").Begin();
        while (walk.State.Status == RunStatus.Running)
        {
            walk.AnswerFirst();
        }

        walk.State.Error!.Reason.ShouldBe("value_too_deep:l[56]");
    }

    private static Walk Of(string rest, string input = "{}") => Walk.OfJson(
        $$$$"""
        {"name":"l","loop":{"initial":{"start":1},"nodes":[{"name":"a","step":"x","input":{"p":{"$ref":"previous"},"i":{"$ref":"iteration"}}}]{{{{rest}}}}}},
        {"name":"after","step":"use","input":{"got":{"$ref":"l"}}}
        """,
        input);
}
