namespace Saga.StateMachines.Definitions;

/// <summary>Nodes that may run at once. <see cref="NodeOrder.After"/> it means after all of them.</summary>
public sealed class NodeGroup : Prerequisite
{
    internal NodeGroup(IReadOnlyCollection<Node> nodes) => Nodes = nodes;

    internal override IReadOnlyCollection<Node> Nodes { get; }
}
