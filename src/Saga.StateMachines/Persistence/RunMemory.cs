using System.Collections.Immutable;

namespace Saga.StateMachines.Persistence;

/// <summary>
/// What is known of a run's ledger without asking the database, because messages of this run read or wrote it here. It goes with the run's row, as long as
/// that is kept, and is right for the same reason: nobody changes the ledger without changing the row's version.
/// </summary>
internal sealed class RunMemory
{
    /// <summary>The most it holds, in characters.</summary>
    public const int Limit = 16 * 1024;

    // What an entry takes besides its text.
    private const int EntryOverhead = 64;

    private readonly ImmutableDictionary<int, NodeData> _nodes;

    private RunMemory(ImmutableDictionary<int, NodeData> nodes, int size) => (_nodes, Size) = (nodes, size);

    public static RunMemory Empty { get; } = new(ImmutableDictionary<int, NodeData>.Empty, 0);

    /// <summary>How much it holds, in characters.</summary>
    public int Size { get; }

    /// <summary>How many entries like those it knows it can take in at once, without forgetting what it is told of them before it is asked.</summary>
    public int Room => _nodes.IsEmpty ? 0 : Limit / 2 / (Size / _nodes.Count);

    public bool TryGet(int node, out NodeData data) => _nodes.TryGetValue(node, out data!);

    /// <summary>With what was read; what was known before is forgotten when both are too much.</summary>
    public RunMemory WithRead(IReadOnlyCollection<KeyValuePair<int, NodeData>> read)
    {
        var added = read.Sum(entry => SizeOf(entry.Value));
        if (added > Limit)
            return this;
        var kept = Size + added > Limit ? Empty : this;
        return new RunMemory(kept._nodes.SetItems(read), kept.Size + added);
    }

    /// <summary>With what was written, if there is room for it.</summary>
    public RunMemory WithWritten(int node, NodeData data)
    {
        var size = Size + SizeOf(data) - (_nodes.TryGetValue(node, out var old) ? SizeOf(old) : 0);
        return size > Limit ? Without(node) : new RunMemory(_nodes.SetItem(node, data), size);
    }

    private RunMemory Without(int node) =>
        _nodes.TryGetValue(node, out var old) ? new RunMemory(_nodes.Remove(node), Size - SizeOf(old)) : this;

    private static int SizeOf(NodeData data) =>
        EntryOverhead + (data.Input?.Length ?? 0) + (data.Output?.Length ?? 0) + (data.Snapshot?.Length ?? 0) + (data.Resumption?.Length ?? 0);
}
