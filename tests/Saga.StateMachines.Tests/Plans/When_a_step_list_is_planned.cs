using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

public sealed class When_a_step_list_is_planned
{
    private readonly Plan _plan = StepList.ToPlan(["echo", "create-vpc", "echo"]).Plan!;

    [Fact]
    public void Becomes_a_chain() => _plan.Root.Nodes.Select(node => node.DependsOn.ToArray()).ShouldBe([[], [0], [1]]);

    [Fact]
    public void Names_each_node_by_its_step_and_position()
    {
        _plan.Root.Nodes.Select(node => node.Name).ShouldBe(["echo-0", "create-vpc-1", "echo-2"]);
        _plan.Root.Nodes.Cast<StepNode>().Select(node => node.Step).ShouldBe(["echo", "create-vpc", "echo"]);
    }

    [Fact]
    public void Knows_who_depends_on_whom() => _plan.Root.Dependents.Select(dependents => dependents.ToArray()).ShouldBe([[1], [2], []]);

    [Fact]
    public void Finds_a_node_by_its_name()
    {
        _plan.Root.IndexOf("echo-2").ShouldBe(2);
        _plan.Root.IndexOf("echo").ShouldBe(-1);
        _plan.Root.IndexOf(null).ShouldBe(-1);
    }

    [Fact]
    public void May_have_ten_thousand_steps() =>
        StepList.ToPlan([.. Enumerable.Repeat("echo", 10_000)]).Plan!.Root.Nodes.Length.ShouldBe(10_000);
}
