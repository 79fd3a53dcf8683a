using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Tests.Engine.Support;

/// <summary>A random directed acyclic graph: each node depends on some of the eight before it.</summary>
internal static class RandomPlan
{
    private const int MostNodes = 14;

    public static Plan Of(Tape tape)
    {
        var count = 1 + (tape.Shape.Length % MostNodes);
        var nodes = Enumerable.Range(0, count).Select(index => new StepNode(index, $"n{index}", $"step-{index}", [.. Dependencies(tape, index)]));
        return new Plan([new PlanGraph(0, [.. nodes])], "{}");
    }

    private static IEnumerable<int> Dependencies(Tape tape, int index)
    {
        // Two bytes joined by "and" make a quarter of the edges, so that chains, branches and joins all occur.
        var edges = Tape.At(tape.Shape, index) & Tape.At(tape.Shape, (index * 7) + 3);
        return Enumerable.Range(1, 8).Where(back => (edges & (1 << (back - 1))) != 0 && back <= index).Select(back => index - back).Reverse();
    }
}
