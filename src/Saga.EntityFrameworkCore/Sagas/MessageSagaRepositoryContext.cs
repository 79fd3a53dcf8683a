using MassTransit;
using MassTransit.Context;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Batching;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>The instances one message loads, adds and changes. Changes are only tracked here; <see cref="UnitOfWork{TDbContext}"/> saves them.</summary>
internal sealed class MessageSagaRepositoryContext<TSaga, TDbContext, TMessage>(
    UnitOfWork<TDbContext> work,
    InstanceLock instanceLock,
    GroupLoad<TSaga, TDbContext> load,
    ConsumeContext<TMessage> consumeContext,
    ISagaConsumeContextFactory<TDbContext, TSaga> consumeContexts)
    : ConsumeContextScope<TMessage>(consumeContext, work.DbContext), SagaRepositoryContext<TSaga, TMessage>
    where TSaga : class, ISaga
    where TDbContext : DbContext
    where TMessage : class
{
    private readonly ConsumeContext<TMessage> _consumeContext = consumeContext;

    public Task<SagaConsumeContext<TSaga, TMessage>> Add(TSaga instance) => ContextAsync(instance, SagaConsumeContextMode.Add);

    // Never inserted ahead of the handler: that would be a transaction of its own. Two inserts at once are settled by the primary key at the
    // commit, and the loser is handled again.
    public async Task<SagaConsumeContext<TSaga, TMessage>> Insert(TSaga instance)
    {
        if (await Load(instance.CorrelationId) is { } existing)
            return existing;

        work.DbContext.Add(instance);
        return await ContextAsync(instance, SagaConsumeContextMode.Insert);
    }

    public async Task<SagaConsumeContext<TSaga, TMessage>> Load(Guid correlationId)
    {
        work.Hold(await instanceLock.AcquireAsync(correlationId, CancellationToken));
        var instance = await load.LoadAsync(correlationId, CancellationToken);
        if (instance is null)
            return null!;

        work.DbContext.Attach(instance);
        return await ContextAsync(instance, SagaConsumeContextMode.Load);
    }

    public Task Save(SagaConsumeContext<TSaga> context)
    {
        work.DbContext.Add(context.Saga);
        return Task.CompletedTask;
    }

    public Task Update(SagaConsumeContext<TSaga> context)
    {
        work.Touch(context.Saga);
        return Task.CompletedTask;
    }

    public Task Delete(SagaConsumeContext<TSaga> context)
    {
        work.DbContext.Remove(context.Saga);
        return Task.CompletedTask;
    }

    public Task Discard(SagaConsumeContext<TSaga> context) => Task.CompletedTask;

    public Task Undo(SagaConsumeContext<TSaga> context)
    {
        work.DbContext.Entry(context.Saga).State = EntityState.Unchanged;
        return Task.CompletedTask;
    }

    public Task<SagaConsumeContext<TSaga, T>> CreateSagaConsumeContext<T>(ConsumeContext<T> consumeContext, TSaga instance, SagaConsumeContextMode mode)
        where T : class => consumeContexts.CreateSagaConsumeContext(work.DbContext, consumeContext, instance, mode);

    private Task<SagaConsumeContext<TSaga, TMessage>> ContextAsync(TSaga instance, SagaConsumeContextMode mode) =>
        consumeContexts.CreateSagaConsumeContext(work.DbContext, _consumeContext, instance, mode);
}
