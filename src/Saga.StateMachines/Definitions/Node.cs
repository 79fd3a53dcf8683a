using System.Text.Json.Nodes;
using Saga.StateMachines.Definitions.Translation;

namespace Saga.StateMachines.Definitions;

/// <summary>Something that can come before a node: a node, or a group of them.</summary>
public abstract class Prerequisite
{
    private protected Prerequisite()
    {
    }

    internal abstract IReadOnlyCollection<Node> Nodes { get; }
}

/// <summary>A handle to a node of the plan.</summary>
public abstract class Node : Prerequisite
{
    private readonly List<string> _dependsOn = [];

    private protected Node(Body body, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Body = body;
        Name = name;
    }

    /// <summary>Its name, unique within its body.</summary>
    public string Name { get; }

    internal Body Body { get; }

    internal override IReadOnlyCollection<Node> Nodes => [this];

    internal void DependOn(Node other)
    {
        if (!_dependsOn.Contains(other.Name, StringComparer.Ordinal))
            _dependsOn.Add(other.Name);
    }

    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["name"] = Name };
        if (_dependsOn.Count > 0)
            json["dependsOn"] = new JsonArray([.. _dependsOn.Select(name => (JsonNode)name)]);
        Describe(json);
        return json;
    }

    /// <summary>Adds the property of its kind and what belongs to it.</summary>
    private protected abstract void Describe(JsonObject json);

    private protected LambdaSite Site(string part) => new(Body, Name, part);
}

/// <summary>A handle to a node with an output.</summary>
/// <typeparam name="TOutput">The type of the output.</typeparam>
public abstract class Node<TOutput> : Node, IResult<TOutput>
{
    private protected Node(Body body, string name)
        : base(body, name)
    {
    }

    /// <summary>
    /// What the node returns when a run follows the plan, for use inside the lambdas of later nodes: each becomes a reference and a dependency.
    /// The output of a node that was skipped, because its branch was not taken, is null.
    /// </summary>
    /// <exception cref="PlanDefinitionException">It was read outside of such a lambda.</exception>
    [Handle]
    public TOutput Output => throw Handle.ReadTooEarly($"the output of node `{Name}`");

    Node? IResult<TOutput>.Source => this;
}
