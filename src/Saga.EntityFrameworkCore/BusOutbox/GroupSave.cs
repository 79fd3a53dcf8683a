using System.Transactions;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Databases;

namespace Saga.EntityFrameworkCore.BusOutbox;

/// <summary>
/// Saves the context of a scope outside a consumer in one transaction with whatever else is ready at that moment, instead of in one of its own.
/// What the scope has sent is committed and delivered just as with the context's own <c>SaveChanges</c>; where many requests come at once, this
/// is much cheaper.
/// </summary>
/// <typeparam name="TDbContext">The context.</typeparam>
public sealed class GroupSave<TDbContext>
    where TDbContext : DbContext
{
    private readonly TDbContext _dbContext;
    private readonly GroupCommit<TDbContext> _commits;
    private readonly ScopeMessagesOf<TDbContext> _scopes;
    private readonly NewInstances<TDbContext> _newInstances;

    internal GroupSave(
        TDbContext dbContext, GroupCommit<TDbContext> commits, ScopeMessagesOf<TDbContext> scopes, NewInstances<TDbContext> newInstances)
    {
        _dbContext = dbContext;
        _commits = commits;
        _scopes = scopes;
        _newInstances = newInstances;
    }

    /// <summary>
    /// Adds a new saga instance to the context. Where this process handles the saga's messages, the first one after <see cref="SaveChangesAsync"/> finds the
    /// instance in memory.
    /// </summary>
    /// <typeparam name="TSaga">The instance.</typeparam>
    /// <param name="instance">The instance, with the values it has when it is saved.</param>
    public void Insert<TSaga>(TSaga instance)
        where TSaga : class, ISaga
    {
        ArgumentNullException.ThrowIfNull(instance);
        _newInstances.Insert(instance);
    }

    /// <summary>
    /// Commits the context's changes and what the scope has sent. Once this returns, the messages will reach the broker, even if it is away now or this
    /// process is killed; so the caller need not wait for it.
    /// </summary>
    /// <param name="cancellationToken">Gives up before the commit.</param>
    /// <exception cref="DbUpdateException">Nothing was stored and nothing is sent.</exception>
    /// <exception cref="InvalidOperationException">
    /// The context has a transaction open, or is part of a <see cref="Transaction"/>, which a commit with others would not be part of.
    /// </exception>
    public async Task SaveChangesAsync(CancellationToken cancellationToken = default)
    {
        if (OpenTransaction.IsOpenIn(_dbContext.Database))
        {
            throw new InvalidOperationException(
                $"{typeof(TDbContext).Name} has an open transaction, and a commit together with others would not be part of it. Call "
                + "SaveChangesAsync of the context instead, and commit the transaction.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (!_dbContext.ChangeTracker.HasChanges())
            return;

        var messages = _scopes.Find(_dbContext);
        messages?.Saving();
        await _commits.SaveAsync(new PendingSave(_dbContext, untracked: [], predecessors: []));

        // Before the messages are delivered, because one of them may be the first for the instance.
        _newInstances.Saved();
        messages?.Saved();
    }
}
