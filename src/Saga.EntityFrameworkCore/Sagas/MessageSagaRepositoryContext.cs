using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Batching;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>The instances one message loads, adds and changes. Changes are only noted here; <see cref="UnitOfWork{TDbContext}"/> saves them.</summary>
internal sealed class MessageSagaRepositoryContext<TSaga, TDbContext, TMessage>(
    UnitOfWork<TDbContext> work,
    InstanceLock instanceLock,
    InstanceLoad<TSaga, TDbContext> load,
    InstanceCache<TSaga, TDbContext> cache,
    ConsumeContext<TMessage> consumeContext,
    ISagaConsumeContextFactory<TDbContext, TSaga> consumeContexts)
    : ConsumeContextScope<TMessage>(consumeContext, work.DbContext), SagaRepositoryContext<TSaga, TMessage>
    where TSaga : class, ISaga
    where TDbContext : DbContext
    where TMessage : class
{
    private readonly ConsumeContext<TMessage> _consumeContext = consumeContext;

    // Only there a message that was handled on an outdated instance is handled again.
    private readonly bool _isCommittedByOutbox = consumeContext.TryGetPayload<UnitOfWork<TDbContext>>(out _);

    private HandledInstance? _handled;

    public Task<SagaConsumeContext<TSaga, TMessage>> Add(TSaga instance) => ContextAsync(instance, SagaConsumeContextMode.Add);

    // Never inserted ahead of the handler: that would be a transaction of its own. Two inserts at once are settled by the primary key at the
    // commit, and the loser is handled again. So the first time nobody looks whether it is there already.
    public async Task<SagaConsumeContext<TSaga, TMessage>> Insert(TSaga instance)
    {
        work.Hold(await instanceLock.AcquireAsync(instance.CorrelationId, CancellationToken));
        var mayExist = _consumeContext.GetRetryAttempt() > 0 || _consumeContext.ReceiveContext.Redelivered || cache.Contains(instance.CorrelationId);
        if (mayExist && await FindAsync(instance.CorrelationId) is { } existing)
            return existing;

        _handled = Handle(instance, InstanceSource.New);
        return await ContextAsync(instance, SagaConsumeContextMode.Insert);
    }

    public async Task<SagaConsumeContext<TSaga, TMessage>> Load(Guid correlationId)
    {
        work.Hold(await instanceLock.AcquireAsync(correlationId, CancellationToken));
        return await FindAsync(correlationId);
    }

    public Task Save(SagaConsumeContext<TSaga> context)
    {
        Handle(context.Saga, InstanceSource.New).IsUpdated = true;
        return Task.CompletedTask;
    }

    public Task Update(SagaConsumeContext<TSaga> context)
    {
        HandledOf(context.Saga).IsUpdated = true;
        return Task.CompletedTask;
    }

    public Task Delete(SagaConsumeContext<TSaga> context)
    {
        var handled = HandledOf(context.Saga);
        handled.IsDeleted = true;
        if (handled.IsTracked)
            work.DbContext.Remove(context.Saga);
        return Task.CompletedTask;
    }

    public Task Discard(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<TSaga> context)
    {
        if (HandledOf(context.Saga).IsTracked)
            work.DbContext.Entry(context.Saga).State = EntityState.Unchanged;
        return Task.CompletedTask;
    }

    public Task<SagaConsumeContext<TSaga, T>> CreateSagaConsumeContext<T>(ConsumeContext<T> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where T : class => consumeContexts.CreateSagaConsumeContext(work.DbContext, consumeContext, instance, mode);

    private async Task<SagaConsumeContext<TSaga, TMessage>> FindAsync(Guid correlationId)
    {
        var isKept = cache.TryTake(correlationId, out var instance, out var save);
        if (isKept && !_isCommittedByOutbox)
        {
            await SettledAsync(save);
            (isKept, save) = (false, null);
        }

        if (!isKept)
            instance = await load.LoadAsync(work.DbContext, correlationId, CancellationToken);
        if (instance is null)
            return null!;

        _handled = Handle(instance, save is not null ? InstanceSource.Uncommitted : isKept ? InstanceSource.Cache : InstanceSource.Loaded, save);
        return await ContextAsync(instance, SagaConsumeContextMode.Load);
    }

    private static async Task SettledAsync(PendingSave? save)
    {
        if (save is not null)
            await save.Done.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private HandledInstance Handle(TSaga instance, InstanceSource source, PendingSave? predecessor = null)
    {
        var table = cache.TableOf(work.DbContext.Model);
        if (table is null && source == InstanceSource.New)
            work.DbContext.Add(instance);
        else if (table is null && work.DbContext.Entry(instance).State == EntityState.Detached)
            work.DbContext.Attach(instance);
        return work.Handle(new HandledInstance(instance, cache, source, table, predecessor));
    }

    // One that was found by a query was never asked for by its id.
    private HandledInstance HandledOf(TSaga instance) => ReferenceEquals(_handled?.Instance, instance)
        ? _handled
        : work.Handle(new HandledInstance(instance, cache, InstanceSource.Query, table: null, predecessor: null));

    private Task<SagaConsumeContext<TSaga, TMessage>> ContextAsync(TSaga instance, SagaConsumeContextMode mode) =>
        consumeContexts.CreateSagaConsumeContext(work.DbContext, _consumeContext, instance, mode);
}
