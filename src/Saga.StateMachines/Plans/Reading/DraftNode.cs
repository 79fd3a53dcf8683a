using System.Collections.Immutable;
using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>A node as it was written, and what reading it brought to light.</summary>
internal sealed class DraftNode(string name, int position, DraftBody body, Place place)
{
    public string Name { get; } = name;

    /// <summary>Its position in the list it was written in.</summary>
    public int Position { get; } = position;

    public DraftBody Body { get; } = body;

    public Place Place { get; } = place;

    /// <summary>What its kind says; null when it could not be read.</summary>
    public DraftKind? Kind { get; set; }

    /// <summary>The nodes of its body on which it depends: named, before it in a sequence, or read by it or by what is inside of it.</summary>
    public HashSet<DraftNode> Dependencies { get; } = [];

    /// <summary>Those of <see cref="Dependencies"/> that were named, or come from the sequence.</summary>
    public List<string> Named { get; } = [];

    /// <summary>Its position in its graph.</summary>
    public int Index { get; set; }

    public int End { get; set; }

    public string FullName { get; set; } = "";

    public ImmutableArray<int> DependsOn => Dependencies.Count == 0 ? [] : [.. Dependencies.Select(dependency => dependency.Index).Order()];

    public PlanNode Make() => Kind!.Make(this) with { Parent = Body.Index, End = End };

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        Kind!.Write(json);
        json.WriteStartArray("dependsOn");
        foreach (var dependency in Named.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            json.WriteStringValue(dependency);
        json.WriteEndArray();
        Kind.WriteRest(json);
        json.WriteEndObject();
    }
}
