using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

/// <summary>What a run makes of values can double each time; it ends at a limit, before it is made.</summary>
public sealed class When_values_grow
{
    private const int Most = 4 * 1024 * 1024;

    public static TheoryData<string> Doublings() => new()
    {
        """ "${previous}${previous}" """,
        """ [{"$ref":"previous"},{"$ref":"previous"}] """,
        """ {"a":{"$ref":"previous"},"b":{"$ref":"previous"}} """,
        """ {"$logic":{"cat":[{"var":"previous"},{"var":"previous"}]}} """,
    };

    [Theory]
    [MemberData(nameof(Doublings))]
    public void A_loop_that_doubles_what_it_feeds_back_fails_at_the_limit(string output)
    {
        // Each a kibibyte at first, so that the depth is not what ends it.
        var walk = Walk.OfJson($$"""{"name":"l","loop":{"initial":"{{new string('x', 1024)}}","maxIterations":30,"nodes":[{"name":"a","step":"x"}],"output":{{output}} } }""").Begin();
        while (walk.State.Status == RunStatus.Running)
            walk.AnswerFirst();

        walk.State.Error!.Reason.ShouldStartWith("value_too_large:l[");
        var failure = walk.Ledger.OfType<LedgerChange.NodeFailed>().First();
        failure.Message.ShouldStartWith("The value would have more than 4,194,304 bytes, which is the limit.");
        walk.Ledger.OfType<LedgerChange.NodeStarted>().Max(started => started.Input?.GetRawText().Length ?? 0).ShouldBeLessThanOrEqualTo(Most);
    }

    [Fact]
    public void A_template_is_not_made_past_the_limit_however_many_parts_it_has()
    {
        // 1,000 parts of a mebibyte each would be a gibibyte.
        var parts = string.Join(',', Enumerable.Repeat("""{"x":{"$ref":"a"}}""", 1000));
        var walk = Walk.OfJson($$"""{"name":"a","step":"x"},{"name":"b","step":"y","input":[{{parts}}]}""").Begin();
        var before = GC.GetAllocatedBytesForCurrentThread();

        walk.Succeed("a", $"\"{new string('x', 1024 * 1024)}\"");

        walk.State.Error!.Reason.ShouldBe("step_failed:y");
        walk.Ledger.OfType<LedgerChange.NodeFailed>().ShouldHaveSingleItem().Code.ShouldBe("value_too_large");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(200L * 1024 * 1024);
    }

    [Fact]
    public void The_results_of_a_map_have_a_limit()
    {
        var walk = Walk.OfJson("""{"name":"m","map":{"over":[1,2,3,4,5],"nodes":[{"name":"a","step":"x"}]}},{"name":"b","step":"y","input":{"$ref":"m"}}""").Begin();
        for (var item = 0; item < 5; item++)
            walk.Succeed($"m[{item}]/a", $"\"{new string('x', 1024 * 1024)}\"");

        walk.Ledger.OfType<LedgerChange.NodeFailed>().ShouldHaveSingleItem().Code.ShouldBe("value_too_large");
        walk.State.Error!.Reason.ShouldBe("step_failed:y");
    }

    [Fact]
    public void A_run_whose_results_are_too_large_to_return_has_completed_and_says_why()
    {
        var plan = PlanText.Read("""{"nodes":[{"name":"m","map":{"over":[1],"nodes":[{"name":"c","constant":"more than ten bytes"}]}}]}""");
        var values = new RunValues(Guid.Empty, "{}", "{}") { Limits = new ValueLimits(MaxValueBytes: 10, MaxContextBytes: 10) };

        var decision = RunEngine.Apply(plan, RunState.Accept(plan), new RunEvent.Begin(), Walk.Now, values);

        decision.State.Status.ShouldBe(RunStatus.Completed);
        decision.Output.ShouldBeNull();
        decision.OutputLost!.Value.Code.ShouldBe("value_too_large");
    }

    [Fact]
    public void A_run_that_returns_what_it_says_has_lost_nothing()
    {
        var plan = PlanText.Read("""{"nodes":[{"name":"c","constant":1}],"output":{"$ref":"c"}}""");

        var decision = RunEngine.Apply(plan, RunState.Accept(plan), new RunEvent.Begin(), Walk.Now, new RunValues(Guid.Empty, "{}", "{}"));

        decision.Output!.Value.GetRawText().ShouldBe("1");
        decision.OutputLost.ShouldBeNull();
    }

    [Fact]
    public void What_is_only_handed_on_is_not_measured_again()
    {
        var walk = Walk.OfJson("""{"name":"a","step":"x","input":{"$ref":"input"}}""", $"\"{new string('x', Most)}\"").Begin();

        walk.State.Status.ShouldBe(RunStatus.Running);
        walk.InputOf("a")!.Length.ShouldBe(Most + 2);
    }

    [Fact]
    public void Other_limits_can_be_set()
    {
        var plan = PlanText.Read("""{"nodes":[{"name":"a","step":"x","input":["${run/id}"]}]}""");
        var values = new RunValues(Guid.Empty, "{}", "{}") { Limits = new ValueLimits(MaxValueBytes: 39, MaxContextBytes: 10) };

        var decision = RunEngine.Apply(plan, RunState.Accept(plan), new RunEvent.Begin(), Walk.Now, values);

        decision.State.Error!.Reason.ShouldBe("step_failed:x");
        decision.Ledger.OfType<LedgerChange.NodeFailed>().ShouldHaveSingleItem().Code.ShouldBe("value_too_large");
    }
}
