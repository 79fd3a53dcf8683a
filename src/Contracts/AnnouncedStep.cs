using System.Text.Json;

namespace Saga.Contracts;

/// <summary>A step as its worker describes it.</summary>
public sealed record AnnouncedStep
{
    /// <summary>The name of the step: 1 to 64 characters out of <c>a-z</c>, <c>0-9</c>, <c>-</c>, <c>_</c> and <c>.</c>, the first a letter or digit.</summary>
    public required string Name { get; init; }

    /// <summary>True when the step has a compensation of its own.</summary>
    public bool Compensates { get; init; }

    /// <summary>JSON Schema (draft 2020-12) of the input, if the worker knows it.</summary>
    public JsonElement? InputSchema { get; init; }

    /// <summary>JSON Schema (draft 2020-12) of the output, if the worker knows it.</summary>
    public JsonElement? OutputSchema { get; init; }
}
