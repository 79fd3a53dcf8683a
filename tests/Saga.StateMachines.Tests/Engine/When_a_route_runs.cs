using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_route_runs
{
    private const string Size = """
        {"name":"size","route":{
          "cases":[
            {"name":"large","when":{">":[{"var":"input.n"},10]},"nodes":[{"name":"a","step":"big"},{"name":"b","step":"bigger","dependsOn":["a"]}]},
            {"name":"medium","when":{">":[{"var":"input.n"},5]},"nodes":[{"name":"c","step":"mid"}]}],
          "default":{"nodes":[{"name":"d","step":"small"}]}}},
        {"name":"after","step":"use","input":{"got":{"$ref":"size"}}}
        """;

    private const string NoDefault = """
        {"name":"size","route":{"cases":[{"when":{"var":"input.n"},"nodes":[{"name":"a","step":"x"}]}]}},
        {"name":"after","step":"use","input":{"got":{"$ref":"size"}}}
        """;

    [Theory]
    [InlineData(11, "execute size/large/a")]
    [InlineData(6, "execute size/medium/c")]
    [InlineData(1, "execute size/default/d")]
    public void Runs_the_first_case_that_holds_or_the_default(int n, string first) => Start(n).Sent.ShouldBe([first]);

    [Fact]
    public void Skips_everything_in_the_other_branches()
    {
        var walk = Start(6);

        foreach (var node in new[] { "size/large", "size/large/a", "size/large/b", "size/default", "size/default/d" })
        {
            walk.StatusOf(node).ShouldBe(NodeStatus.Skipped);
            walk.Ledger.ShouldContain(new LedgerChange.NodeSkipped(walk.IndexOf(node), Walk.Now, HasRow: false));
        }
    }

    [Fact]
    public void Returns_what_the_chosen_branch_returns() =>
        Start(11).Succeed("size/large/a", "1").Succeed("size/large/b", "\"huge\"").InputOf("after").ShouldBe("""{"got":"huge"}""");

    [Fact]
    public void Completes_with_null_when_no_case_holds_and_there_is_no_default()
    {
        var walk = Walk.OfJson(NoDefault, """{"n":0}""").Begin();

        walk.StatusOf("size").ShouldBe(NodeStatus.Completed);
        walk.StatusOf("size/case-0/a").ShouldBe(NodeStatus.Skipped);
        walk.InputOf("after").ShouldBe("""{"got":null}""");
    }

    [Fact]
    public void Is_not_decided_again_when_what_it_read_changes()
    {
        var walk = Walk.OfJson("""
            {"name":"size","route":{
              "cases":[{"when":{"var":"context.big"},"nodes":[{"name":"a","step":"x"}]}],
              "default":{"nodes":[{"name":"b","step":"y"},{"name":"c","step":"z","dependsOn":["b"]}]}}}
            """).Begin();
        walk.Accept(walk.Success("size/default/b") with { Put = new Dictionary<string, System.Text.Json.JsonElement> { ["big"] = System.Text.Json.JsonElement.Parse("true") } });

        walk.Sent.ShouldBe(["execute size/default/b", "execute size/default/c"]);
        walk.Accept(new RunEvent.Wake()).Sent[^1].ShouldBe("execute size/default/c");
    }

    [Fact]
    public void Compensates_the_chosen_branch_alone()
    {
        var walk = Start(11).Succeed("size/large/a").Succeed("size/large/b").Fail("after");
        walk.Compensate("size/large/b").Compensate("size/large/a");

        walk.Sent[^2..].ShouldBe(["compensate size/large/b", "compensate size/large/a"]);
        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.StatusOf("size").ShouldBe(NodeStatus.Compensated);
        walk.StatusOf("size/medium/c").ShouldBe(NodeStatus.Skipped);
    }

    [Fact]
    public void Compensates_what_completed_of_a_branch_that_failed()
    {
        var walk = Start(11).Succeed("size/large/a").Fail("size/large/b");

        walk.Sent[^1].ShouldBe("compensate size/large/a");
        walk.Compensate("size/large/a").State.Status.ShouldBe(RunStatus.RolledBack);
        walk.State.Error!.Reason.ShouldBe("step_failed:bigger");
    }

    private static Walk Start(int n) => Walk.OfJson(Size, $$"""{"n":{{n}}}""").Begin();
}
