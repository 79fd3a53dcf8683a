namespace Saga.Benchmarks.Load;

/// <summary>A run that was heard to end.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Status">How it ended; <c>rejected</c> when it never began.</param>
/// <param name="Timestamp">When, on the machine's monotonic clock, which its processes share.</param>
internal sealed record EndedRun(Guid RunId, string Status, long Timestamp)
{
    public const string Completed = "completed";
    public const string Rejected = "rejected";
}
