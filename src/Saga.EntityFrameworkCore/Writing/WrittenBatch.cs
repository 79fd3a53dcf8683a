using Saga.EntityFrameworkCore.Batching;

namespace Saga.EntityFrameworkCore.Writing;

/// <summary>What became of a batch, and what it cost.</summary>
/// <param name="Overtaken">Nothing, or whose rows were overtaken, in which case nothing was committed.</param>
/// <param name="Attempts">Round trips that wrote and committed at once, or failed to.</param>
/// <param name="Statements">Round trips of statements whose commit, or rollback, was one of its own. To SQLite each row is one.</param>
internal readonly record struct WrittenBatch(IReadOnlySet<SaveChain> Overtaken, int Attempts, int Statements)
{
    public static readonly IReadOnlySet<SaveChain> Nobody = new HashSet<SaveChain>();

    public bool IsCommitted => Overtaken.Count == 0;
}
