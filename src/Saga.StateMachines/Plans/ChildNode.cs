using System.Collections.Immutable;
using System.Text.Json;

namespace Saga.StateMachines.Plans;

/// <summary>Starts another run and awaits it.</summary>
public sealed record ChildNode(int Index, string Name, ImmutableArray<int> DependsOn) : PlanNode(Index, Name, DependsOn)
{
    /// <inheritdoc/>
    public override string Kind => "child";

    /// <summary>The kind of the definition it follows; null when it has a plan of its own.</summary>
    public string? Definition { get; init; }

    /// <summary>The version of the definition; null is the latest when the child starts.</summary>
    public int? Version { get; init; }

    /// <summary>The document of its plan; null when it follows a definition.</summary>
    public JsonElement? Document { get; init; }

    /// <summary>Its input; null is the run's input as it is.</summary>
    public Template? Input { get; init; }

    /// <summary>Whether its failure is a value like any other.</summary>
    public bool JoinsSettled { get; init; }
}
