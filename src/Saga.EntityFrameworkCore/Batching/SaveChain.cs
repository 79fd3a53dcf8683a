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
        IReadOnlyCollection<RowChange> own = _byKey is null ? rows : _byKey.Values;
        foreach (var row in own)
            row.Owner = this;
        return own;
    }

    /// <summary>Whether a save with such rows can be added, because none of them has to be written after a row of this chain.</summary>
    public bool Allows(IReadOnlyCollection<RowChange> more)
    {
        _byKey ??= ByKey();
        return more.All(row => !_byKey.TryGetValue(new RowKey(row), out var earlier) || earlier.Allows(row));
    }

    /// <summary>Adds a save that follows the last, whose rows <see cref="Allows"/> has allowed.</summary>
    public void Add(PendingSave save, IReadOnlyCollection<RowChange> more)
    {
        _byKey ??= ByKey();
        _saves.Add(save);
        foreach (var row in more)
            Add(_byKey, row);
    }

    private Dictionary<RowKey, RowChange> ByKey()
    {
        var byKey = new Dictionary<RowKey, RowChange>(rows.Count);
        foreach (var row in rows)
            Add(byKey, row);
        return byKey;
    }

    private static void Add(Dictionary<RowKey, RowChange> byKey, RowChange row)
    {
        var key = new RowKey(row);
        if (!byKey.TryGetValue(key, out var earlier))
            byKey.Add(key, row);
        else if (earlier.Then(row) is { } both)
            byKey[key] = both;
        else
            byKey.Remove(key);
    }
}
