using Saga.EntityFrameworkCore.Batching;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>The instances that one message is handled on, and the locks it holds for them.</summary>
internal sealed class HandledInstances
{
    private readonly List<InstanceLock.Lease> _leases = [];
    private readonly List<HandledInstance> _handled = [];

    public IReadOnlyCollection<HandledInstance> All => _handled;

    public void Add(HandledInstance handled) => _handled.Add(handled);

    /// <summary>Holds <paramref name="lease"/> until the next message may have the instance.</summary>
    public void Hold(InstanceLock.Lease lease) => _leases.Add(lease);

    /// <summary>The saves under way that this message builds on.</summary>
    public PendingSave[] Predecessors() => [.. _handled.Select(handled => handled.Predecessor).OfType<PendingSave>()];

    /// <summary>Throws if one of the instances is not what is stored.</summary>
    public static async Task VerifyAsync(IEnumerable<HandledInstance> instances, Exception? failure, CancellationToken cancellationToken)
    {
        foreach (var handled in instances)
        {
            if (await IsCurrentAsync(handled, cancellationToken))
                continue;
            if (handled.Source == InstanceSource.Cache)
                handled.Cache.Distrust();
            throw new StaleInstanceException(handled.Instance.GetType(), handled.Instance.CorrelationId, failure);
        }
    }

    /// <summary>Saves, and lets the next messages have the instances: at once where that can be, otherwise once they are committed.</summary>
    public async Task SaveAsync(PendingSave save, Func<PendingSave, Task> commitAsync)
    {
        var saved = commitAsync(save);
        if (!_handled.TrueForAll(handled => handled.CanBeHandedOn))
        {
            await saved;
            Keep();
            return;
        }

        // The next message need not wait for the commit: it is saved with this one or after it, and not without it.
        _handled.ForEach(handled => handled.Cache.HandOn(handled.Instance, save));
        Release();
        try
        {
            await saved;
        }
        finally
        {
            _handled.ForEach(handled => handled.Cache.Settle(handled.Instance, save));
        }
    }

    /// <summary>Keeps those that stay for their next message. They are committed, or were not changed.</summary>
    public void Keep()
    {
        foreach (var handled in _handled.Where(handled => handled.IsUpdated && !handled.IsDeleted))
        {
            // Without a lock another message may have committed it again meanwhile.
            if (handled.Source == InstanceSource.Query)
                handled.Cache.Drop(handled.Instance);
            else
                handled.Cache.Keep(handled.Instance);
        }
    }

    /// <summary>Lets the next messages have the instances.</summary>
    public void Release()
    {
        foreach (var lease in _leases)
            lease.Dispose();
        _leases.Clear();
    }

    /// <summary>They are committed and no concern of what the scope does next.</summary>
    public void Forget() => _handled.Clear();

    /// <summary>Lets the next messages go on, when this one failed or had nothing to save.</summary>
    public void ReleaseOnceSettled()
    {
        _ = ReleaseOnceSettledAsync([.. _leases]);
        _leases.Clear();
        _handled.Clear();
    }

    // A message that failed before its changes were on their way leaves nothing for the next, which reads what is stored. So what it was handled on has to be
    // stored by then, or never will be.
    private async Task ReleaseOnceSettledAsync(IReadOnlyCollection<InstanceLock.Lease> leases)
    {
        if (leases.Count > 0)
            await Task.WhenAll(Predecessors().Select(predecessor => predecessor.Done)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var lease in leases)
            lease.Dispose();
    }

    private static async Task<bool> IsCurrentAsync(HandledInstance handled, CancellationToken cancellationToken)
    {
        if (handled.Source == InstanceSource.Cache)
            return await handled.Cache.IsCurrentAsync(handled.Instance, cancellationToken);
        if (handled.Predecessor is not { } predecessor)
            return true;

        // It was what was stored at the moment when the save before it was committed, if it was.
        await predecessor.Done.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return predecessor.Done.IsCompletedSuccessfully;
    }
}
