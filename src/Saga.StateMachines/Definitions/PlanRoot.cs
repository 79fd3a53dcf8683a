using Saga.StateMachines.Definitions.Translation;

namespace Saga.StateMachines.Definitions;

/// <summary>What all bodies of one plan share while it is built.</summary>
internal sealed class PlanRoot(RunDefinition definition)
{
    private readonly List<(LambdaSite Site, Node Node, string Expression)> _reads = [];

    public RunDefinition Definition { get; } = definition;

    /// <summary>The body at hand, the only one that takes nodes; null when the plan is complete.</summary>
    public Body? Current { get; set; }

    public void Read(LambdaSite site, Node node, string expression) => _reads.Add((site, node, expression));

    /// <summary>Names are looked up from the inside out, so a node of the same name in between would be read instead. It may have come after the lambda.</summary>
    public void CheckNames()
    {
        foreach (var (site, node, expression) in _reads)
        {
            for (var body = site.Body; body != node.Body && body is not null; body = body.Parent)
            {
                if (body.Nodes.Any(other => other.Name == node.Name))
                {
                    throw site.Refused(
                        expression, $"reads the outer one of two nodes named `{node.Name}`", "From there a plan sees only the inner one. Rename one of them.");
                }
            }
        }
    }
}
