namespace Saga.EntityFrameworkCore.Telemetry;

/// <summary>What was due and not delivered at one moment.</summary>
/// <param name="Count">How many rows.</param>
/// <param name="OldestSince">Since when the oldest of them has been waiting.</param>
internal sealed record OverdueSnapshot(int Count, DateTimeOffset? OldestSince);
