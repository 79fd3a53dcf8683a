using MassTransit;
using MassTransit.Saga;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Sagas;

/// <summary>
/// Loads instances for messages and saves what handling them changed. On an endpoint with the outbox the save belongs to the outbox, which adds the
/// messages to it; without one it happens here.
/// </summary>
internal sealed class SagaRepositoryContextFactory<TSaga, TDbContext>(
    UnitOfWork<TDbContext> work,
    InstanceLock instanceLock,
    InstanceLoad<TSaga, TDbContext> load,
    InstanceCache<TSaga, TDbContext> cache,
    InstanceQuery<TSaga> instances,
    ISagaConsumeContextFactory<TDbContext, TSaga> consumeContexts)
    : ISagaRepositoryContextFactory<TSaga>, IQuerySagaRepositoryContextFactory<TSaga>, ILoadSagaRepositoryContextFactory<TSaga>
    where TSaga : class, ISaga
    where TDbContext : DbContext
{
    public async Task Send<T>(ConsumeContext<T> context, IPipe<SagaRepositoryContext<TSaga, T>> next)
        where T : class
    {
        var isCommittedHere = BeginWithoutOutbox(context);
        try
        {
            await next.Send(RepositoryFor(context));
            if (isCommittedHere)
                await work.CommitAsync(context.CancellationToken);
        }
        catch when (isCommittedHere)
        {
            await work.AbandonAsync();
            throw;
        }
    }

    public async Task SendQuery<T>(ConsumeContext<T> context, ISagaQuery<TSaga> query, IPipe<SagaRepositoryQueryContext<TSaga, T>> next)
        where T : class
    {
        var isCommittedHere = BeginWithoutOutbox(context);
        try
        {
            var found = await instances.Tracked(work.DbContext).Where(query.FilterExpression).ToListAsync(context.CancellationToken);
            await next.Send(new LoadedSagaRepositoryQueryContext<TSaga, T>(RepositoryFor(context), found));
            if (isCommittedHere)
                await work.CommitAsync(context.CancellationToken);
        }
        catch when (isCommittedHere)
        {
            await work.AbandonAsync();
            throw;
        }
    }

    public Task<T> Execute<T>(Func<QuerySagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class => asyncMethod(new ReadSagaRepositoryContext<TSaga>(work.DbContext, instances, cancellationToken));

    public Task<T> Execute<T>(Func<LoadSagaRepositoryContext<TSaga>, Task<T>> asyncMethod, CancellationToken cancellationToken = default)
        where T : class => asyncMethod(new ReadSagaRepositoryContext<TSaga>(work.DbContext, instances, cancellationToken));

    public void Probe(ProbeContext context) => context.Add("persistence", "Saga.EntityFrameworkCore");

    private MessageSagaRepositoryContext<TSaga, TDbContext, T> RepositoryFor<T>(ConsumeContext<T> context)
        where T : class => new(work, instanceLock, load, cache, context, consumeContexts);

    private bool BeginWithoutOutbox(ConsumeContext context)
    {
        if (context.TryGetPayload<UnitOfWork<TDbContext>>(out _))
            return false;
        work.Begin();
        return true;
    }
}
