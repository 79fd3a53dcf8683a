namespace Saga.StateMachines.Definitions;

/// <summary>Order without data.</summary>
public static class NodeOrder
{
    /// <summary>
    /// Lets the node start only when others are settled, though it reads nothing of them. What stands in an enclosing body is awaited by the node
    /// of that body this one is inside of.
    /// </summary>
    /// <param name="node">The node that waits.</param>
    /// <param name="others">What it waits for: nodes of the same or an enclosing body, and groups.</param>
    /// <returns>The node.</returns>
    /// <exception cref="PlanDefinitionException">One of the others is inside of another node, or of another plan.</exception>
    public static TNode After<TNode>(this TNode node, params Prerequisite[] others)
        where TNode : Node
    {
        foreach (var other in others.SelectMany(other => other.Nodes))
        {
            var waiting = (Node?)node;
            while (waiting is not null && waiting.Body != other.Body)
                waiting = waiting.Body.Owner;
            if (waiting is null)
            {
                throw new PlanDefinitionException(
                    $"Node `{node.Name}` of definition `{node.Body.Root.Definition}` is to come after node `{other.Name}`, which is {other.Body.Place}. "
                    + "A node can wait only for nodes of its own body and of those around it. "
                    + "Wait for the node that contains it.");
            }

            if (waiting == other)
            {
                throw new PlanDefinitionException(
                    $"Node `{node.Name}` of definition `{node.Body.Root.Definition}` is to come after `{other.Name}`, which "
                    + (node == other ? "it is itself" : "it is inside of") + ". That would never happen. Leave it out.");
            }

            waiting.DependOn(other);
        }

        return node;
    }
}
