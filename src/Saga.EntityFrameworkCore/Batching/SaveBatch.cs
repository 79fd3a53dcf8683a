using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Batching;

/// <summary>What is written in one transaction. Saves that depend on each other succeed or fail together; the others are no concern of theirs.</summary>
internal sealed class SaveBatch
{
    private readonly HashSet<SaveChain> _chains = [];
    private readonly Dictionary<PendingSave, SaveChain> _chainOf = [];

    public IReadOnlyCollection<SaveChain> Chains => _chains;

    /// <summary>Each after those it follows.</summary>
    public IReadOnlyCollection<PendingSave> Saves => [.. _chains.SelectMany(chain => chain.Saves)];

    /// <summary>Whether a save can be written with the others; if not, they have to be written before it.</summary>
    /// <param name="save">Follows those that are in the batch.</param>
    /// <param name="rows">Its rows, or null if it must be saved alone.</param>
    public bool CanTake(PendingSave save, IReadOnlyCollection<RowChange>? rows) => ChainsBefore(save) switch
    {
        [] => true,
        [var chain] => rows is not null && chain.Allows(rows),
        _ => false,
    };

    public void Add(PendingSave save, IReadOnlyCollection<RowChange> rows)
    {
        if (ChainsBefore(save) is [var chain])
        {
            chain.Add(save, rows);
        }
        else
        {
            chain = new SaveChain(save, rows);
            _chains.Add(chain);
        }

        _chainOf.Add(save, chain);
    }

    public void Remove(SaveChain chain)
    {
        _chains.Remove(chain);
        foreach (var save in chain.Saves)
            _chainOf.Remove(save);
    }

    public void Clear()
    {
        _chains.Clear();
        _chainOf.Clear();
    }

    private List<SaveChain> ChainsBefore(PendingSave save)
    {
        if (save.Predecessors.Count == 0)
            return [];
        return [.. save.Predecessors.Select(predecessor => _chainOf.GetValueOrDefault(predecessor)).OfType<SaveChain>().Distinct()];
    }
}
