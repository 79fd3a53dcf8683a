using System.Text.Json;

namespace Saga.Worker.Api;

/// <summary>Every step ever announced.</summary>
/// <param name="Steps">The steps, by name.</param>
public sealed record StepListView(IReadOnlyList<StepView> Steps);

/// <summary>An announced step.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Compensates">True when it has a compensation of its own.</param>
/// <param name="InputSchema">JSON Schema of its input, if announced.</param>
/// <param name="OutputSchema">JSON Schema of its output, if announced.</param>
/// <param name="LastAnnouncedAt">When a worker last announced it, to the minute.</param>
public sealed record StepView(string Name, bool Compensates, JsonElement? InputSchema, JsonElement? OutputSchema, DateTimeOffset LastAnnouncedAt);
