using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A list of nodes as it was written: a plan, a branch, an item, an iteration or a subsaga.</summary>
internal sealed class DraftBody(BodyKind kind, DraftNode? owner, DraftGraph graph, Place place)
{
    public BodyKind Kind { get; } = kind;

    /// <summary>The node that it is the inside of; null for a plan.</summary>
    public DraftNode? Owner { get; } = owner;

    public DraftGraph Graph { get; } = graph;

    public Place Place { get; } = place;

    /// <summary>A plan's name, or a branch's.</summary>
    public string? Name { get; set; }

    public List<DraftNode> Nodes { get; } = [];

    public Dictionary<string, DraftNode> ByName { get; } = new(StringComparer.Ordinal);

    public DraftTemplate? Output { get; set; }

    /// <summary>The nodes in an order in which each comes after what it depends on; empty when there is none, because of a cycle.</summary>
    public DraftNode[] Ordered { get; set; } = [];

    /// <summary>The only node on which no other depends; null when there are several.</summary>
    public DraftNode? Leaf { get; set; }

    /// <summary>The position of the node that everything in it is inside of, or -1.</summary>
    public int Index { get; set; } = -1;

    /// <summary>One more than the last position inside.</summary>
    public int End { get; set; }

    public string FullName { get; set; } = "";

    /// <summary>The body in which names are looked up next; null when nothing outside is seen.</summary>
    public DraftBody? Outer => Kind is BodyKind.Plan or BodyKind.Subsaga ? null : Owner!.Body;

    /// <summary>True when its output is always null, because several nodes could give it and nothing says which.</summary>
    public bool IsAmbiguous => Output is null && Ordered.Length > 0 && Leaf is null;

    /// <summary>Writes its properties, in the order of the canonical document.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("nodes");
        foreach (var node in Nodes)
            node.Write(json);
        json.WriteEndArray();
        Output?.Write(json, "output");
    }
}
