using System.Buffers;

namespace Saga.StateMachines.Engine;

/// <summary>
/// The status of every node of a run: those of its plan, in their order, and behind them those of the items and iterations that were laid out
/// while it ran (<see cref="Block"/>). It is a byte a node in memory and a few characters in the run's row, because it is
/// read and written with every answer of a step.
/// </summary>
public sealed class NodeStates : IEquatable<NodeStates>
{
    private readonly byte[] _statuses;

    private NodeStates(byte[] statuses) => _statuses = statuses;

    /// <summary>How many nodes there are.</summary>
    public int Count => _statuses.Length;

    /// <summary>The status of the node at that position.</summary>
    public NodeStatus this[int node] => (NodeStatus)_statuses[node];

    /// <summary>The states of a run that has not begun.</summary>
    public static NodeStates AllPending(int count) => new(new byte[count]);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no list of node states.</exception>
    public static NodeStates Parse(string text) => new(NodeStatesText.Parse(text));

    /// <summary>A copy in which one node has another status.</summary>
    public NodeStates With(int node, NodeStatus status)
    {
        var copy = Copy();
        copy.Set(node, status);
        return copy;
    }

    /// <summary>True when at least one node has that status.</summary>
    public bool Contains(NodeStatus status) => _statuses.AsSpan().Contains((byte)status);

    /// <summary>True when at least one node from <paramref name="start"/> until before <paramref name="end"/> has a status of that set.</summary>
    internal bool ContainsAny(SearchValues<byte> statuses, int start, int end) => _statuses.AsSpan(start, end - start).ContainsAny(statuses);

    /// <summary>True when every node from <paramref name="start"/> until before <paramref name="end"/> has a status of that set.</summary>
    internal bool AreAll(SearchValues<byte> statuses, int start, int end) => !_statuses.AsSpan(start, end - start).ContainsAnyExcept(statuses);

    /// <summary>The highest position of a node of that status, or -1 when there is none.</summary>
    public int LastIndexOf(NodeStatus status) => _statuses.AsSpan().LastIndexOf((byte)status);

    /// <summary>The positions of the nodes of that status, ascending.</summary>
    public IEnumerable<int> IndexesOf(NodeStatus status)
    {
        for (var node = Array.IndexOf(_statuses, (byte)status); node >= 0; node = Array.IndexOf(_statuses, (byte)status, node + 1))
        {
            yield return node;
        }
    }

    /// <summary>Run-length text such as <c>c2r1p997</c>: two completed, one running, 997 pending.</summary>
    public override string ToString() => NodeStatesText.Format(_statuses);

    /// <inheritdoc/>
    public bool Equals(NodeStates? other) => other is not null && _statuses.AsSpan().SequenceEqual(other._statuses);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NodeStates);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_statuses);
        return hash.ToHashCode();
    }

    /// <summary>A copy for <see cref="Set"/>: starting thousands of nodes at once must not copy all states thousands of times.</summary>
    internal NodeStates Copy() => new(_statuses.AsSpan().ToArray());

    /// <summary>A copy with <paramref name="added"/> pending nodes more at its end.</summary>
    internal NodeStates Grown(int added)
    {
        var statuses = new byte[_statuses.Length + added];
        _statuses.CopyTo(statuses, 0);
        return new(statuses);
    }

    /// <summary>Changes a status in place: only for a <see cref="Copy"/> that nobody else has seen yet.</summary>
    internal void Set(int node, NodeStatus status) => _statuses[node] = (byte)status;
}
