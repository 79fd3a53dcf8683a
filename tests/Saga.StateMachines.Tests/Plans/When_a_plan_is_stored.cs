using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

public sealed class When_a_plan_is_stored
{
    private const string Chain =
        """{"nodes":[{"name":"echo-0","step":"echo","dependsOn":[]},{"name":"fail-1","step":"fail","dependsOn":["echo-0"]}]}""";

    [Fact]
    public void Is_written_as_canonical_json() => StepList.ToPlan(["echo", "fail"]).Plan!.Json.ShouldBe(Chain);

    [Fact]
    public void Is_read_as_it_was_written()
    {
        var plan = PlanReader.FromStored(Chain);
        plan.Json.ShouldBe(Chain);
        plan.Root.Nodes.Select(node => (node.Index, node.Name)).ShouldBe([(0, "echo-0"), (1, "fail-1")]);
        plan.Root.Nodes[1].DependsOn.ShouldBe([0]);
        plan.Leaf.ShouldBe(1);
    }

    [Fact]
    public void Has_a_hash_that_equal_plans_share_and_others_do_not()
    {
        var hash = PlanReader.FromStored(Chain).Hash;
        hash.ShouldBe("4362a1a062142cf5ccd3d07b5f701578dca5ae51a91f9afd16d5995abbc5c378");
        StepList.ToPlan(["echo", "fail"]).Plan!.Hash.ShouldBe(hash);
        StepList.ToPlan(["echo", "echo"]).Plan!.Hash.ShouldNotBe(hash);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"nodes":{}}""")]
    [InlineData("""{"nodes":[{"name":null,"step":"x","dependsOn":[]}]}""")]
    [InlineData("""{"nodes":[{"name":"a","step":"x","dependsOn":["a"]}]}""")]
    [InlineData("""{"nodes":[{"name":"a","step":"x","dependsOn":[]},{"name":"a","step":"x","dependsOn":[]}]}""")]
    public void Is_refused_when_damaged(string json) => Should.Throw<FormatException>(() => PlanReader.FromStored(json)).Message.ShouldContain("no plan");

    [Fact]
    public void Nodes_out_of_order_are_no_graph()
    {
        Should.Throw<ArgumentException>(() => Graph(new StepNode(1, "a", "x", []))).Message.ShouldContain("index 1 at position 0");
        Should.Throw<ArgumentException>(() => Graph(new StepNode(0, "a", "x", [0]))).Message.ShouldContain("depends on position 0");
        Should.Throw<ArgumentException>(() => Graph(new StepNode(0, "a", "x", [-1]))).Message.ShouldContain("depends on position -1");
        Should.Throw<ArgumentException>(() => Graph(new StepNode(0, "a", "x", []) { Parent = 0 })).Message.ShouldContain("inside of position 0");
    }

    [Fact]
    public void Dependencies_of_a_node_are_put_in_order() =>
        Graph(new StepNode(0, "a", "x", []), new StepNode(1, "b", "x", []), new StepNode(2, "c", "x", [1, 0, 1])).Nodes[2].DependsOn.ShouldBe([0, 1]);

    private static PlanGraph Graph(params PlanNode[] nodes) => new(0, [.. nodes]);
}
