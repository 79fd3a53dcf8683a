using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

public sealed class When_a_plan_is_stored
{
    private const string Chain =
        """{"nodes":[{"name":"echo-0","step":"echo","dependsOn":[]},{"name":"fail-1","step":"fail","dependsOn":["echo-0"]}]}""";

    [Fact]
    public void Is_written_as_canonical_json() => StepList.ToPlan(["echo", "fail"]).Plan!.ToJson().ShouldBe(Chain);

    [Fact]
    public void Is_read_as_it_was_written() => Plan.FromJson(Chain).ToJson().ShouldBe(Chain);

    [Fact]
    public void Has_a_hash_that_equal_plans_share_and_others_do_not()
    {
        var hash = Plan.FromJson(Chain).Hash;
        hash.ShouldBe("4362a1a062142cf5ccd3d07b5f701578dca5ae51a91f9afd16d5995abbc5c378");
        StepList.ToPlan(["echo", "fail"]).Plan!.Hash.ShouldBe(hash);
        StepList.ToPlan(["echo", "echo"]).Plan!.Hash.ShouldNotBe(hash);
    }

    [Fact]
    public void The_order_in_which_dependencies_are_listed_makes_no_other_plan() =>
        new Plan([new(0, "a", "x", []), new(1, "b", "x", []), new(2, "c", "x", [1, 0, 1])]).Hash
            .ShouldBe(new Plan([new(0, "a", "x", []), new(1, "b", "x", []), new(2, "c", "x", [0, 1])]).Hash);

    [Theory]
    [InlineData("", "no plan")]
    [InlineData("{}", "no plan")]
    [InlineData("""{"nodes":{}}""", "no plan")]
    [InlineData("""{"nodes":[{"name":"a","step":"x"}]}""", "no plan")]
    [InlineData("""{"nodes":[{"name":null,"step":"x","dependsOn":[]}]}""", "`name` of a node is null")]
    [InlineData("""{"nodes":[{"name":"a","step":"x","dependsOn":["a"]}]}""", "Node `a` depends on `a`, which is no node before it")]
    [InlineData("""{"nodes":[{"name":"a","step":"x","dependsOn":[]},{"name":"a","step":"x","dependsOn":[]}]}""", "Two nodes are named `a`")]
    public void Is_refused_when_damaged(string json, string problem) =>
        Should.Throw<FormatException>(() => Plan.FromJson(json)).Message.ShouldContain(problem);

    [Fact]
    public void Nodes_out_of_order_are_no_plan()
    {
        Should.Throw<ArgumentException>(() => new Plan([new(1, "a", "x", [])])).Message.ShouldContain("index 1 at position 0");
        Should.Throw<ArgumentException>(() => new Plan([new(0, "a", "x", [0])])).Message.ShouldContain("depends on position 0");
        Should.Throw<ArgumentException>(() => new Plan([new(0, "a", "x", [-1])])).Message.ShouldContain("depends on position -1");
    }
}
