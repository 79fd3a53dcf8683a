using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_plan_is_large
{
    private const int Nodes = 10_000;

    [Fact]
    public void A_chain_walks_there_and_back_and_its_row_stays_small()
    {
        var walk = Walk.OfCompleted([.. Enumerable.Repeat("echo", Nodes)]).RollBack();
        for (var node = Nodes - 1; node >= 0; node--)
        {
            walk.State.Nodes.ToString().Length.ShouldBeLessThan(20);
            DispatchList.Format(walk.State.Dispatches).Length.ShouldBeLessThan(20);
            walk.Compensate($"echo-{node}");
        }

        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.State.LastDispatchId.ShouldBe(2 * Nodes);
    }

    [Fact]
    public void A_fan_starts_at_once_and_is_joined()
    {
        var leaves = Enumerable.Range(0, Nodes - 2).Select(index => $"leaf-{index}").ToList();
        var walk = new Walk(Graph.Of(["root", .. leaves.Select(leaf => $"{leaf} < root"), $"join < {string.Join(' ', leaves)}"]));
        walk.Begin().Succeed("root").State.Dispatches.Length.ShouldBe(leaves.Count);

        foreach (var dispatch in walk.State.Dispatches)
        {
            walk.Accept(new RunEvent.StepSucceeded(leaves[dispatch.Node - 1], dispatch.Attempt, dispatch.DispatchId));
        }

        walk.Succeed("join").State.Status.ShouldBe(RunStatus.Completed);
    }
}
