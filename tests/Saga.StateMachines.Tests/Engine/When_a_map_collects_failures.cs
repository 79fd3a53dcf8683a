using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_map_collects_failures
{
    private const string Two = """{"name":"a","step":"x"},{"name":"b","step":"y","dependsOn":["a"]}""";

    [Fact]
    public void A_failure_is_the_result_of_its_item_and_the_others_go_on()
    {
        var walk = Of(Two).Begin().Succeed("m[0]/a").Fail("m[1]/a").Succeed("m[0]/b", "1");

        walk.StatusOf("m[1]/b").ShouldBe(NodeStatus.Skipped);
        walk.InputOf("after").ShouldBe("""{"got":[{"status":"completed","output":1},{"status":"failed","error":{"code":"quota_exceeded","message":"No more."}}]}""");
        walk.Succeed("after").State.Status.ShouldBe(RunStatus.Completed);
    }

    [Fact]
    public void The_place_of_a_failed_item_is_taken_by_the_next()
    {
        var walk = Of(Two, """, "maxConcurrency":1""").Begin().Fail("m[0]/a");

        walk.Sent.ShouldBe(["execute m[0]/a", "execute m[1]/a"]);
    }

    [Fact]
    public void What_is_in_flight_in_a_failed_item_is_waited_for()
    {
        var walk = Of("""{"name":"a","step":"x"},{"name":"b","step":"y"}""", """, "maxConcurrency":1,"output":{"$ref":"a"}""").Begin().Fail("m[0]/a");
        walk.Sent.ShouldBe(["execute m[0]/a", "execute m[0]/b"]);

        walk.Succeed("m[0]/b").Sent[^2..].ShouldBe(["execute m[1]/a", "execute m[1]/b"]);
    }

    [Fact]
    public void What_waits_in_a_failed_item_is_stopped()
    {
        var walk = Of("""{"name":"a","step":"x"},{"name":"s","sleep":"PT1H"},{"name":"r","step":"y"}""", """, "output":{"$ref":"a"}""").Begin().Crash("m[0]/r").Fail("m[0]/a");

        walk.StatusOf("m[0]/s").ShouldBe(NodeStatus.Skipped);
        walk.StatusOf("m[0]/r").ShouldBe(NodeStatus.Failed);
        walk.StatusOf("m[1]/s").ShouldBe(NodeStatus.Waiting);
    }

    [Fact]
    public void Items_that_fail_as_they_start_do_not_stand_on_each_others_shoulders()
    {
        var list = $$"""{"list":[{{string.Join(',', Enumerable.Range(0, 5000))}}]}""";
        var walk = Of("""{"name":"a","step":"x","input":{"$ref":"item/none"}}""", """, "maxConcurrency":3""", list).Begin();

        walk.Sent.ShouldBe(["execute after"]);
        walk.Ledger.OfType<LedgerChange.NodeStarted>().Select(change => change.Node).ShouldBeUnique();
    }

    [Fact]
    public void An_item_whose_output_cannot_be_made_is_a_failure_like_any_other()
    {
        var walk = Of("""{"name":"a","step":"x"}""", """, "output":{"$ref":"a/id"}""").Begin().Succeed("m[0]/a", """{"id":1}""").Succeed("m[1]/a", "{}");

        walk.InputOf("after").ShouldNotBeNull().ShouldStartWith("""{"got":[{"status":"completed","output":1},{"status":"failed","error":{"code":"unresolved_reference",""");
    }

    [Fact]
    public void A_failure_in_an_item_of_a_map_in_an_item_settles_the_one_that_collects()
    {
        var walk = Of("""{"name":"in","map":{"over":[1,2],"nodes":[{"name":"a","step":"x"}]}}""").Begin().Fail("m[0]/in[0]/a").Succeed("m[1]/in[0]/a", "1").Succeed("m[1]/in[1]/a", "2");
        walk.StatusOf("m").ShouldBe(NodeStatus.Open);

        walk.Succeed("m[0]/in[1]/a").Sent[^1].ShouldBe("execute after");
    }

    [Fact]
    public void Maps_that_both_collect_are_settled_from_the_inside_out()
    {
        var walk = Of("""{"name":"b","step":"y"},{"name":"in","map":{"over":[1],"failure":"collect","nodes":[{"name":"a","step":"x"}]}}""", """, "output":{"$ref":"b"}""").Begin();
        walk.Succeed("m[1]/b").Succeed("m[1]/in[0]/a").Fail("m[0]/b").StatusOf("m[0]/in[0]").ShouldBe(NodeStatus.Broken);
        walk.StatusOf("m").ShouldBe(NodeStatus.Open);

        walk.Fail("m[0]/in[0]/a").Sent[^1].ShouldBe("execute after");
    }

    [Fact]
    public void A_rollback_compensates_what_completed_in_failed_items_too()
    {
        var walk = Of(Two).Begin().Succeed("m[0]/a").Fail("m[0]/b").Fail("m[1]/a").Fail("after");

        walk.Sent[^1].ShouldBe("compensate m[0]/a");
        walk.Compensate("m[0]/a").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    private static Walk Of(string body, string rest = "", string input = """{"list":[1,2]}""") => Walk.OfJson(
        $$$$"""{"name":"m","map":{"over":{"$ref":"input/list"},"failure":"collect"{{{{rest}}}},"nodes":[{{{{body}}}}]}},{"name":"after","step":"use","input":{"got":{"$ref":"m"}}}""",
        input);
}
