using MassTransit;
using MassTransit.DependencyInjection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Saga.EntityFrameworkCore.BusOutbox;

/// <summary>
/// Decides where <see cref="IPublishEndpoint"/> and <see cref="ISendEndpointProvider"/> of a scope lead: to the consumer's context, and so to its
/// outbox, while a message is consumed; otherwise to the rows of the scope's context.
/// </summary>
internal sealed class BusOutboxContextProvider<TDbContext> : IScopedBusContextProvider<IBus>, IDisposable
    where TDbContext : DbContext
{
    public BusOutboxContextProvider(IBus bus, IServiceProvider provider)
    {
        var direct = ActivatorUtilities.CreateInstance<ScopedBusContextProvider<IBus>>(provider).Context;
        Context = direct is BusScopedBusContext<IBus> ? new BusOutboxContext<TDbContext>(bus, direct, provider) : direct;
    }

    public ScopedBusContext Context { get; }

    public void Dispose() => (Context as IDisposable)?.Dispose();
}
