using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Batching;

/// <summary>
/// Saves of one batch of which each was made on what those before it leave. They are written as one: a row that several of them change is written
/// once. Most chains are one save long.
/// </summary>
internal sealed class SaveChain(PendingSave first, IReadOnlyCollection<RowChange> rows)
{
    private readonly List<PendingSave> _saves = [first];
    private Dictionary<RowKey, RowChange>? _byKey;

    public IReadOnlyList<PendingSave> Saves => _saves;

    /// <summary>What is to be written, each row once, owned by this chain.</summary>
    public IReadOnlyCollection<RowChange> OwnRows()
    {
        IReadOnlyCollection<RowChange> own = _saves.Count == 1 ? rows : _byKey!.Values;
        foreach (var row in own)
            row.Owner = this;
        return own;
    }

    /// <summary>
    /// Whether a save with such rows can be added, because none of them has to be written after a row of this chain. One that changes a row twice, such as
    /// by putting another in its place, is left to EF Core, which knows the order.
    /// </summary>
    public bool Allows(IReadOnlyCollection<RowChange> more)
    {
        _byKey ??= ByKey(rows);
        return (_saves.Count > 1 || _byKey.Count == rows.Count)
            && ByKey(more) is var moreByKey && moreByKey.Count == more.Count
            && moreByKey.All(row => !_byKey.TryGetValue(row.Key, out var earlier) || earlier.Allows(row.Value));
    }

    /// <summary>Adds a save that follows the last, whose rows <see cref="Allows"/> has allowed.</summary>
    public void Add(PendingSave save, IReadOnlyCollection<RowChange> more)
    {
        _byKey ??= ByKey(rows);
        _saves.Add(save);
        foreach (var row in more)
        {
            var key = new RowKey(row);
            _byKey[key] = _byKey.TryGetValue(key, out var earlier) ? earlier.Then(row) : row;
        }
    }

    private static Dictionary<RowKey, RowChange> ByKey(IReadOnlyCollection<RowChange> rows)
    {
        var byKey = new Dictionary<RowKey, RowChange>(rows.Count);
        foreach (var row in rows)
            byKey[new RowKey(row)] = row;
        return byKey;
    }
}
