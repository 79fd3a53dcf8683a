using System.Collections.Immutable;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Pictures;

/// <summary>A run drawn in DOT as it is at a moment: its plan, coloured by what became of each node.</summary>
public static class RunPicture
{
    /// <summary>
    /// Draws a run. The body of a map or loop is drawn once, however many items there are; its nodes say how many of them are where.
    /// </summary>
    /// <param name="title">What stands above it: the run's id and status.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="blocks">What was laid out of it.</param>
    /// <param name="statuses">The statuses of its ledger, by position; a node that is not in it is pending.</param>
    public static string Of(string title, Plan plan, ImmutableArray<Block> blocks, IReadOnlyDictionary<int, string> statuses)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(statuses);
        var tallies = Tallies.Of(plan, blocks, statuses);
        return new Drawing(plan, (graph, node) => LookOf(node, tallies.Of(graph, node), tallies.OfItems(node))).Draw(plan.Name, title);
    }

    private static Look LookOf(PlanNode node, Tally tally, Tally? items)
    {
        var status = tally.Foremost;
        return new Look(
            node.IsContainer ? StatusColour.OfLine(status) : StatusColour.OfBox(status),
            items is { IsEmpty: false } ? $"{tally}: {items}" : tally.ToString(),
            status is "pending" or "skipped");
    }
}
