using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_map_runs
{
    [Fact]
    public void Hands_each_item_and_its_position_to_its_nodes()
    {
        var walk = Of("""{"name":"make","step":"x","input":{"what":{"$ref":"item"},"at":{"$ref":"index"}}}""", input: """{"list":["p","q"]}""").Begin();

        walk.Sent.ShouldBe(["execute m[0]/make", "execute m[1]/make"]);
        walk.InputOf("m[0]/make").ShouldBe("""{"what":"p","at":0}""");
        walk.InputOf("m[1]/make").ShouldBe("""{"what":"q","at":1}""");
    }

    [Fact]
    public void Never_has_more_items_under_way_than_allowed()
    {
        var walk = Of("""{"name":"make","step":"x"}""", """, "maxConcurrency":10""", ListOf(1000)).Begin();
        for (var answered = 0; answered < 1000; answered++)
        {
            // Any order will do: 7 and 10 have no factor in common.
            var dispatches = walk.State.Dispatches;
            dispatches.Length.ShouldBe(Math.Min(10, 1000 - answered));
            walk.Succeed(walk.Shape.NameOf(dispatches[answered * 7 % dispatches.Length].Node));
        }

        walk.Sent.Count.ShouldBe(1001);
        walk.Sent[^1].ShouldBe("execute after");
    }

    [Fact]
    public void Returns_the_results_in_the_order_of_the_list_whatever_order_they_come_in() =>
        Of("""{"name":"make","step":"x"}""").Begin().Succeed("m[2]/make", "3").Succeed("m[0]/make", "1").Succeed("m[1]/make", "2")
            .InputOf("after").ShouldBe("""{"got":[1,2,3]}""");

    [Fact]
    public void Runs_several_nodes_in_their_order_in_each_item()
    {
        var walk = Of("""{"name":"a","step":"x"},{"name":"b","step":"y","input":{"$ref":"a/id"}}""").Begin().Succeed("m[1]/a", """{"id":7}""");

        walk.Sent[^1].ShouldBe("execute m[1]/b");
        walk.InputOf("m[1]/b").ShouldBe("7");
    }

    [Fact]
    public void Completes_at_once_when_the_list_is_empty() =>
        Of("""{"name":"a","step":"x"}""", input: """{"list":[]}""").Begin().InputOf("after").ShouldBe("""{"got":[]}""");

    [Theory]
    [InlineData("""{"list":{"a":1}}""")]
    [InlineData("""{"list":"abc"}""")]
    [InlineData("""{"list":null}""")]
    public void Fails_when_it_gets_no_list(string input)
    {
        var walk = Of("""{"name":"a","step":"x"}""", input: input).Begin();

        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.State.Error!.Reason.ShouldBe("not_a_list:m");
    }

    [Fact]
    public void Refuses_more_items_than_a_run_can_hold()
    {
        var walk = Of("""{"name":"a","step":"x"}""", input: ListOf(100_001)).Begin();

        walk.State.Error!.Reason.ShouldBe("too_many_nodes:m");
        walk.State.Nodes.Count.ShouldBe(2);
    }

    [Fact]
    public void A_failure_starts_no_other_item_and_compensates_what_completed()
    {
        var walk = Of("""{"name":"a","step":"x"}""", """, "maxConcurrency":2""", ListOf(5)).Begin().Succeed("m[0]/a").Fail("m[1]/a");
        walk.State.Status.ShouldBe(RunStatus.Running);
        walk.Sent.ShouldBe(["execute m[0]/a", "execute m[1]/a", "execute m[2]/a"]);

        walk.Succeed("m[2]/a").Sent[^2..].ShouldBe(["compensate m[2]/a", "compensate m[0]/a"]);
        walk.Compensate("m[0]/a").Compensate("m[2]/a").State.Status.ShouldBe(RunStatus.RolledBack);
        walk.StatusOf("m[3]").ShouldBe(NodeStatus.Pending);
    }

    [Fact]
    public void Compensates_items_from_the_last_with_no_more_at_once_than_it_ran()
    {
        var walk = Of("""{"name":"a","step":"x"}""", """, "maxConcurrency":2""", ListOf(4)).Begin();
        walk.Succeed("m[0]/a").Succeed("m[1]/a").Succeed("m[2]/a").Succeed("m[3]/a").Fail("after");
        walk.Sent[^2..].ShouldBe(["compensate m[3]/a", "compensate m[2]/a"]);

        walk.Compensate("m[2]/a").Sent[^1].ShouldBe("compensate m[1]/a");
        walk.Compensate("m[1]/a").Sent[^1].ShouldBe("compensate m[0]/a");
        walk.Compensate("m[0]/a").Compensate("m[3]/a").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void Runs_maps_in_maps()
    {
        var walk = Of(
            """{"name":"in","map":{"over":{"$ref":"item"},"nodes":[{"name":"a","step":"x","input":{"outer":{"$ref":"item"}}}]}}""",
            input: """{"list":[[1,2],[],[3]]}""").Begin();
        walk.Sent.ShouldBe(["execute m[0]/in[0]/a", "execute m[0]/in[1]/a", "execute m[2]/in[0]/a"]);

        walk.Succeed("m[2]/in[0]/a", "30").Succeed("m[0]/in[0]/a", "10").Succeed("m[0]/in[1]/a", "20").InputOf("after").ShouldBe("""{"got":[[10,20],[],[30]]}""");
        walk.Fail("after").Sent[^3..].ShouldBe(["compensate m[2]/in[0]/a", "compensate m[0]/in[1]/a", "compensate m[0]/in[0]/a"]);
    }

    [Fact]
    public void Runs_routes_and_waits_in_items()
    {
        var walk = Of(
            """
            {"name":"r","route":{"cases":[{"when":{"==":[{"var":"item"},"sleep"]},"nodes":[{"name":"s","sleep":"PT1M"}]}],
              "default":{"nodes":[{"name":"s","signal":"go"}]}}},
            {"name":"a","step":"x","input":{"$ref":"r"}}
            """,
            input: """{"list":["sleep","signal","signal"]}""").Begin();
        walk.Sent.ShouldBeEmpty();

        walk.Due("m[0]/r/case-0/s").Sent.ShouldBe(["execute m[0]/a"]);
        walk.Signal("go", "1").Sent[^1].ShouldBe("execute m[1]/a");
        walk.Signal("go", "2").InputOf("m[2]/a").ShouldNotBeNull().ShouldContain("\"payload\":2");
    }

    private static string ListOf(int count) => $$"""{"list":[{{string.Join(',', Enumerable.Range(0, count))}}]}""";

    private static Walk Of(string body, string rest = "", string input = """{"list":[1,2,3]}""") => Walk.OfJson(
        $$$$"""{"name":"m","map":{"over":{"$ref":"input/list"}{{{{rest}}}},"nodes":[{{{{body}}}}],"sequential":true}},{"name":"after","step":"use","input":{"got":{"$ref":"m"}}}""",
        input);
}
