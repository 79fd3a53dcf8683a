namespace Saga.Benchmarks.Comparison;

/// <summary>What one of the two is.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="What">How it is made.</param>
internal sealed record SideDescription(string Name, string What)
{
    /// <summary>The events it publishes of each run.</summary>
    public required IReadOnlyList<string> Publishes { get; init; }

    /// <summary>Ended runs that were stored before the first round; null where nothing is stored.</summary>
    public long? RunsStoredBefore { get; init; }
}
