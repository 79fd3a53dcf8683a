using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.BusOutbox;

/// <summary>
/// What a scope has sent, from the call that sent it until its row is committed: first waiting for the caller to save the context, then, if the
/// caller has a transaction open, for its commit.
/// </summary>
internal sealed class ScopeMessages<TDbContext>(TDbContext dbContext, OutboxDelivery<TDbContext> delivery)
    where TDbContext : DbContext
{
    private readonly Lock _lock = new();
    private readonly List<CapturedMessage> _unsaved = [];
    private HashSet<CapturedMessage> _saving = [];
    private UncommittedMessages? _uncommitted;

    public void Add(CapturedMessage message)
    {
        // Callers may send several at once, which the context does not stand.
        lock (_lock)
        {
            // Set here too, for a message that another interceptor sends while the context is being saved.
            BeginGrace(message);
            dbContext.Add(message.Row);
            _unsaved.Add(message);
        }
    }

    /// <summary>The context is about to be saved: the grace of its rows begins.</summary>
    public void Saving()
    {
        lock (_lock)
        {
            // The others were saved, or the context was made to forget them; either way they are none of this save's.
            _unsaved.RemoveAll(message => StateOf(message) != EntityState.Added);
            _unsaved.ForEach(BeginGrace);
            _saving = [.. _unsaved];
        }
    }

    /// <summary>The context was saved. Without a transaction of the caller's that was the commit, so the messages are delivered now.</summary>
    public void Saved()
    {
        if (TakeSaved() is not { Count: > 0 } saved)
            return;

        if (dbContext.Database.CurrentTransaction is { } transaction)
            Await(transaction.TransactionId, saved);
        else if ((Transaction.Current ?? dbContext.Database.GetEnlistedTransaction()) is { } ambient)
            ambient.TransactionCompleted += (_, completed) => DeliverIfCommitted(completed.Transaction, saved);
        else
            Deliver(saved);
    }

    /// <summary>What was saved in this transaction and waits for its commit, if anything.</summary>
    public UncommittedMessages? In(Guid transactionId) => _uncommitted?.TransactionId == transactionId ? _uncommitted : null;

    public void Committed(Guid transactionId)
    {
        if (In(transactionId) is not { } committed)
            return;
        _uncommitted = null;
        Deliver(committed.Messages);
    }

    public void RolledBack(Guid transactionId)
    {
        if (In(transactionId) is not null)
            _uncommitted = null;
    }

    private List<CapturedMessage> TakeSaved()
    {
        lock (_lock)
        {
            var saved = _unsaved.FindAll(message => _saving.Contains(message) || StateOf(message) == EntityState.Unchanged);

            // Saved without being accepted (acceptAllChangesOnSuccess: false): the caller may roll back and save the very same rows again.
            _unsaved.RemoveAll(message => StateOf(message) == EntityState.Unchanged);
            _saving = [];
            return saved;
        }
    }

    // A scheduled message has its own time.
    private void BeginGrace(CapturedMessage message)
    {
        if (!message.IsScheduled)
            message.Row.DueAt = delivery.LeftToOthersAt;
    }

    // What an earlier transaction of the context left here was disposed of without a commit.
    private void Await(Guid transactionId, List<CapturedMessage> saved)
    {
        if (In(transactionId) is { } uncommitted)
            uncommitted.Add(saved);
        else
            _uncommitted = new UncommittedMessages(transactionId, saved);
    }

    private void DeliverIfCommitted(Transaction? transaction, List<CapturedMessage> saved)
    {
        if (transaction?.TransactionInformation.Status == TransactionStatus.Committed)
            Deliver(saved);
    }

    // Nobody waits for the broker: the messages are stored, and whatever happens now they reach it.
    private void Deliver(IReadOnlyCollection<CapturedMessage> messages) => _ = delivery.DeliverAsync(messages);

    private EntityState StateOf(CapturedMessage message) => dbContext.Entry(message.Row).State;
}
