using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Commits;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Outbox;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>
/// What handling one message changes: tracked entities and captured messages. They are saved in one transaction, and only then are the
/// messages delivered.
/// </summary>
internal sealed class UnitOfWork<TDbContext>(
    TDbContext dbContext,
    UntrackedRows<TDbContext> untracked,
    UncommittedReads<TDbContext> reads,
    GroupCommit<TDbContext> commits,
    AfterCommit<TDbContext> afterCommit,
    OutboxDelivery<TDbContext> delivery) : IDisposable
    where TDbContext : DbContext
{
    private readonly List<CapturedMessage> _captured = [];
    private readonly HandledInstances _instances = new();

    private PendingChanges? _before;
    private bool _beganInTransaction;

    public TDbContext DbContext => dbContext;

    /// <summary>An attempt to handle the message begins.</summary>
    public void Begin()
    {
        _before = PendingChanges.Of(dbContext);
        _beganInTransaction = dbContext.Database.CurrentTransaction is not null;
    }

    /// <summary>The attempt failed. The next one may be given the same scope, and must find the context as this one did, and nothing sent.</summary>
    public async Task AbandonAsync()
    {
        lock (_captured)
            _captured.Clear();
        untracked.Clear();
        afterCommit.Forget();
        _instances.ReleaseOnceSettled();
        reads.Forget(dbContext);
        if (!_beganInTransaction && dbContext.Database.CurrentTransaction is { } left)
            await left.DisposeAsync();
        PendingChanges.Restore(dbContext, _before);
    }

    public void Add(CapturedMessage message)
    {
        lock (_captured)
            _captured.Add(message);
    }

    /// <summary>The instance is about to be handled.</summary>
    public HandledInstance Handle(HandledInstance handled)
    {
        _instances.Add(handled);
        if (handled.Predecessor is not null)
            reads.Delay(dbContext, _instances.Predecessors());
        return handled;
    }

    /// <summary>Takes back what has been captured under a schedule token and is not stored yet.</summary>
    /// <returns>Whether there was any.</returns>
    public bool Withdraw(Guid scheduleTokenId)
    {
        lock (_captured)
        {
            return _captured.RemoveAll(message => message.Row.ScheduleTokenId == scheduleTokenId) > 0;
        }
    }

    /// <summary>Holds <paramref name="lease"/> until this message is committed or has failed.</summary>
    public void Hold(InstanceLock.Lease lease) => _instances.Hold(lease);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        if (OpenTransaction.IsOpenIn(dbContext.Database))
        {
            throw new InvalidOperationException(
                $"{typeof(TDbContext).Name} has an open transaction. Messages are delivered right after the changes are saved, which must therefore "
                + "be the commit. Commit or roll back a transaction of your own first, or leave it out.");
        }

        await SaveAsync(cancellationToken);
        _instances.Release();
        _instances.Forget();
        untracked.Clear();
        afterCommit.Committed();
    }

    /// <summary>Throws if the failure may come from instances that are not what is stored.</summary>
    /// <exception cref="StaleInstanceException">Another process changed one of them.</exception>
    public Task VerifyAsync(Exception failure, CancellationToken cancellationToken) =>
        HandledInstances.VerifyAsync(_instances.All, failure, cancellationToken);

    /// <summary>Delivers, once, the messages that are stored.</summary>
    public Task DeliverAsync()
    {
        lock (_captured)
        {
            CapturedMessage[] stored = [.. _captured];
            _captured.Clear();
            return delivery.DeliverAsync(stored);
        }
    }

    public void Dispose()
    {
        afterCommit.Forget();
        _instances.ReleaseOnceSettled();
        reads.Forget(dbContext);
    }

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        // Changes are looked for once; whoever reads them from here on need not look again.
        var changes = dbContext.ChangeTracker;
        changes.DetectChanges();
        changes.AutoDetectChangesEnabled = false;
        try
        {
            var rows = CapturedRows();
            rows.AddRange(untracked.Rows);
            var isChanged = rows.Count > 0 || changes.HasChanges() || _instances.All.Any(handled => handled.IsChanged);
            if (isChanged)
                AddInstances(rows);

            // A decision to change nothing was made on the instance, too.
            var unchanged = _instances.All.Where(handled => !isChanged || !(handled.IsUpdated || handled.IsDeleted));
            await HandledInstances.VerifyAsync(unchanged, failure: null, cancellationToken);

            // From here on the changes are on their way to the database, and only it knows what becomes of them.
            cancellationToken.ThrowIfCancellationRequested();
            if (isChanged)
                await _instances.SaveAsync(new PendingSave(dbContext, rows, _instances.Predecessors()), commits.SaveAsync);
            else
                _instances.Keep();
        }
        catch (Exception exception)
        {
            Forget(exception);
            throw;
        }
        finally
        {
            changes.AutoDetectChangesEnabled = true;
        }
    }

    private void Forget(Exception exception)
    {
        lock (_captured)
            _captured.Clear();
        if (!DatabaseFailure.IsOvertaken(exception))
            return;
        foreach (var handled in _instances.All.Where(handled => handled.Source == InstanceSource.Cache))
            handled.Cache.Distrust();
    }

    private List<RowChange> CapturedRows()
    {
        lock (_captured)
        {
            if (_captured.Count == 0)
                return [];

            // The grace begins here: until now the handler ran and the write waited for its turn. A scheduled message has its own time.
            foreach (var message in _captured.Where(message => !message.IsScheduled))
                message.Row.DueAt = delivery.LeftToOthersAt;
            if (TableShape.Of(dbContext.Model, typeof(OutboxMessage)) is { } outbox)
                return _captured.ConvertAll(message => RowChange.Insert(outbox, message.Row));

            dbContext.AddRange(_captured.Select(message => message.Row));
            return [];
        }
    }

    private void AddInstances(List<RowChange> rows)
    {
        foreach (var handled in _instances.All)
        {
            if (handled.IsTracked && handled.IsUpdated)
                ConcurrencyGuard.Apply(dbContext.Entry((object)handled.Instance));
            else if (handled.Change() is { } change)
                rows.Add(change);
        }
    }
}
