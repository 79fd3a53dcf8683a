using MassTransit;
using MassTransit.DependencyInjection;
using MassTransit.Middleware;
using MassTransit.Middleware.Outbox;
using MassTransit.Transports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.BusOutbox;

/// <summary>
/// The bus as a scope outside a consumer sees it: what it sends and publishes becomes rows of the scope's context. Requests go to the broker at
/// once, for their answers are waited for.
/// </summary>
internal sealed class BusOutboxContext<TDbContext> : ScopedBusContext, OutboxSendContext, IDisposable
    where TDbContext : DbContext
{
    private readonly ScopedBusContext _direct;
    private readonly IServiceProvider _provider;
    private readonly ScopeMessagesOf<TDbContext> _scopes;
    private readonly MessageCapture _capture;
    private readonly Lazy<(TDbContext DbContext, ScopeMessages<TDbContext> Messages)> _scope;

    public BusOutboxContext(IBus bus, ScopedBusContext direct, IServiceProvider provider)
    {
        _direct = direct;
        _provider = provider;
        _scopes = provider.GetRequiredService<ScopeMessagesOf<TDbContext>>();
        _capture = provider.GetRequiredService<MessageCapture>();
        _scope = new(Join);
        SendEndpointProvider = new OutboxSendEndpointProvider(this, bus);
        PublishEndpoint = new PublishEndpoint(new OutboxPublishEndpointProvider(this, bus));
    }

    public ISendEndpointProvider SendEndpointProvider { get; }

    public IPublishEndpoint PublishEndpoint { get; }

    public IScopedClientFactory ClientFactory => _direct.ClientFactory;

    public Task AddSend<T>(SendContext<T> context)
        where T : class
    {
        _scope.Value.Messages.Add(_capture.Capture(context));
        return Task.CompletedTask;
    }

    public object? GetService(Type serviceType) => _provider.GetService(serviceType);

    public void Dispose()
    {
        if (_scope.IsValueCreated)
            _scopes.Remove(_scope.Value.DbContext, _scope.Value.Messages);
    }

    // Only when something is sent: a scope that merely could send needs no context.
    private (TDbContext DbContext, ScopeMessages<TDbContext> Messages) Join()
    {
        var dbContext = _provider.GetRequiredService<TDbContext>();
        var messages = new ScopeMessages<TDbContext>(dbContext, _provider.GetRequiredService<OutboxDelivery<TDbContext>>());
        _scopes.Add(dbContext, messages);
        return (dbContext, messages);
    }
}
