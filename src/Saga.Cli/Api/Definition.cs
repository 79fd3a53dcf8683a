using System.Text.Json;

namespace Saga.Cli.Api;

/// <summary>A registered definition; with its plan only when it alone was asked for.</summary>
internal sealed record Definition
{
    public required string Kind { get; init; }

    public int Version { get; init; }

    public string? PlanHash { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public JsonElement? Plan { get; init; }
}

/// <summary>The registered definitions.</summary>
internal sealed record DefinitionList
{
    public IReadOnlyList<Definition> Definitions { get; init => field = value ?? []; } = [];
}
