using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;
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

    [Fact]
    public void A_map_of_few_at_once_keeps_its_row_small_there_and_back()
    {
        var walk = Walk.OfJson("""{"name":"m","map":{"over":{"$ref":"input"},"maxConcurrency":10,"nodes":[{"name":"a","step":"x"}]}}""", ListOf(Nodes)).Begin();
        while (walk.State.Status == RunStatus.Running)
        {
            walk.AnswerFirst();
            TextOf(walk.State).ShouldBeLessThan(400);
        }

        walk.RollBack();
        while (walk.State.Status == RunStatus.Compensating)
        {
            walk.AnswerFirst();
            TextOf(walk.State).ShouldBeLessThan(400);
        }

        walk.State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void A_step_of_a_long_chain_takes_hardly_more_memory_than_one_of_a_short()
    {
        var shortChain = AllocatedInTheMiddleOf(10);
        var longChain = AllocatedInTheMiddleOf(Nodes);

        // Two bytes a node are copied: its status, and once more as it changes.
        longChain.ShouldBeLessThan(shortChain + (4 * Nodes));
    }

    [Theory]
    [InlineData("sleep", "\"PT1H\"")]
    [InlineData("signal", "\"go\"")]
    public void Thousands_of_waits_are_stopped_in_one_sweep(string kind, string wait)
    {
        var small = AllocatedByCancelOf(kind, wait, 100);
        var large = AllocatedByCancelOf(kind, wait, Nodes);

        large.ShouldBeLessThan(small * (Nodes / 100) * 4);
    }

    [Fact]
    public void Taking_an_answer_in_a_long_map_allocates_no_list_of_it()
    {
        var plan = PlanText.Read("""{"nodes":[{"name":"m","map":{"over":{"$ref":"input"},"maxConcurrency":10,"nodes":[{"name":"a","step":"x"}]}}]}""");
        var state = RunEngine.Apply(plan, RunState.Accept(plan), new RunEvent.Begin(), Walk.Now, new RunValues(Guid.Empty, ListOf(Nodes), "{}")).State;

        Allocated(plan, state).ShouldBeLessThan(10 * Nodes);
    }

    private static int TextOf(RunState state) =>
        state.Nodes.ToString().Length + DispatchList.Format(state.Dispatches).Length + BlockList.Format(state.Blocks).Length;

    private static string ListOf(int count) => $"[{string.Join(',', Enumerable.Range(0, count))}]";

    private static long AllocatedInTheMiddleOf(int nodes)
    {
        var plan = StepList.ToPlan([.. Enumerable.Repeat("echo", nodes)]).Plan!;
        var state = RunEngine.Apply(plan, RunState.Accept(plan), new RunEvent.Begin(), Walk.Now, RunValues.Empty).State;
        for (var node = 0; node < nodes / 2; node++)
        {
            state = RunEngine.Apply(plan, state, Answer(plan, state), Walk.Now, RunValues.Empty).State;
        }

        return Allocated(plan, state);
    }

    private static RunEvent.StepSucceeded Answer(Plan plan, RunState state)
    {
        var dispatch = state.Dispatches[0];
        return new(new RunShape(plan, state.Blocks).NameOf(dispatch.Node), dispatch.Attempt, dispatch.DispatchId);
    }

    private static long Allocated(Plan plan, RunState state)
    {
        var answer = Answer(plan, state);
        return AllocatedBy(() => RunEngine.Apply(plan, state, answer, Walk.Now, RunValues.Empty));
    }

    private static long AllocatedByCancelOf(string kind, string wait, int count)
    {
        var plan = PlanText.Read($$$"""{"nodes":[{"name":"m","map":{"over":{"$ref":"input"},"nodes":[{"name":"w","{{{kind}}}":{{{wait}}}}]}}]}""");
        var state = RunEngine.Apply(plan, RunState.Accept(plan), new RunEvent.Begin(), Walk.Now, new RunValues(Guid.Empty, ListOf(count), "{}")).State;
        return AllocatedBy(() => RunEngine.Apply(plan, state, new RunEvent.Cancel(), Walk.Now, RunValues.Empty));
    }

    // The first call pays for what is made once, and in any of them a garbage collection has the runtime count up to 8 kB that nobody asked for.
    private static long AllocatedBy(Action action) => Enumerable.Range(0, 5).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}
