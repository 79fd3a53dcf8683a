using System.Runtime.InteropServices;

namespace Saga.Benchmarks.Workers;

/// <summary>What a process asked of its database since it started.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DatabaseCounts(long Commands, long Transactions, long Commits, long Failures)
{
    /// <summary>A command may be a batch of statements, which travels at once; so does BEGIN with the first of them. COMMIT travels alone.</summary>
    public long RoundTrips => Commands + Commits;

    public static DatabaseCounts operator +(DatabaseCounts left, DatabaseCounts right) => new(
        left.Commands + right.Commands, left.Transactions + right.Transactions, left.Commits + right.Commits, left.Failures + right.Failures);

    public static DatabaseCounts operator -(DatabaseCounts left, DatabaseCounts right) => new(
        left.Commands - right.Commands, left.Transactions - right.Transactions, left.Commits - right.Commits, left.Failures - right.Failures);
}
