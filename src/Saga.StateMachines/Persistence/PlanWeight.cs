using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Persistence;

/// <summary>About how much memory a plan takes.</summary>
internal static class PlanWeight
{
    // A node with its templates, besides texts. Measured with plans of 10,000 nodes of each kind.
    private const int BytesOfNode = 500;

    /// <summary>Its text, kept as text and as values, and its nodes; a name tells everything its node is inside of, and may be 4,000 characters long.</summary>
    public static long Of(Plan plan) =>
        (4L * plan.Json.Length) + plan.Graphs.Sum(graph => graph.Nodes.Sum(node => BytesOfNode + (2L * node.Name.Length)));
}
