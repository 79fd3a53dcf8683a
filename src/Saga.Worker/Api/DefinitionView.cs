using System.Text.Json;

namespace Saga.Worker.Api;

/// <summary>A registered definition.</summary>
public sealed record DefinitionView
{
    /// <summary>Its kind: what a start names.</summary>
    public required string Kind { get; init; }

    /// <summary>Its version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>The hash of its plan.</summary>
    public required string PlanHash { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its plan document; only when one definition is asked for.</summary>
    public JsonElement? Plan { get; init; }
}

/// <summary>The registered definitions, by kind and version.</summary>
/// <param name="Definitions">The definitions.</param>
public sealed record DefinitionListView(IReadOnlyList<DefinitionView> Definitions);
