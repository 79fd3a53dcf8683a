using MassTransit;
using MassTransit.Transports;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Sagas;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// Sends messages from outside a consumer, such as an HTTP request, with the same promise: they are committed together with what the scope's
/// <typeparamref name="TDbContext"/> tracks, and delivered at once afterwards.
/// </summary>
/// <typeparam name="TDbContext">The context whose changes the messages belong to.</typeparam>
public sealed class TransactionalOutbox<TDbContext>
    where TDbContext : DbContext
{
    private readonly UnitOfWork<TDbContext> _work;
    private readonly MessageCapture _capture;
    private readonly IBus _bus;

    internal TransactionalOutbox(UnitOfWork<TDbContext> work, MessageCapture capture, IBus bus)
    {
        _work = work;
        _capture = capture;
        _bus = bus;
    }

    /// <summary>Adds a command to what <see cref="SaveChangesAsync"/> commits.</summary>
    /// <typeparam name="T">The type of the message.</typeparam>
    /// <param name="destination">The address, such as <c>exchange:saga-runs</c>.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    public async Task SendAsync<T>(Uri destination, T message, CancellationToken cancellationToken = default)
        where T : class => await AddAsync(await _bus.GetSendEndpoint(destination), message, cancellationToken);

    /// <summary>Adds an event to what <see cref="SaveChangesAsync"/> commits.</summary>
    /// <typeparam name="T">The type of the message.</typeparam>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up before anything is stored.</param>
    public async Task PublishAsync<T>(T message, CancellationToken cancellationToken = default)
        where T : class => await AddAsync(await _bus.GetPublishSendEndpoint<T>(), message, cancellationToken);

    /// <summary>
    /// Commits the context's changes and the messages in one transaction, and begins to deliver the messages. Once this returns, they will
    /// reach the broker, even if it is away now or this process is killed; so the caller need not wait for it.
    /// </summary>
    /// <param name="cancellationToken">Gives up before the commit.</param>
    /// <exception cref="DbUpdateException">Nothing was stored and nothing is sent.</exception>
    public async Task SaveChangesAsync(CancellationToken cancellationToken = default)
    {
        await _work.CommitAsync(cancellationToken);
        _ = _work.DeliverAsync();
    }

    private async Task AddAsync<T>(ISendEndpoint endpoint, T message, CancellationToken cancellationToken)
        where T : class
    {
        // Every endpoint the bus hands out is one; creating the context is all that is asked of it here.
        var transportEndpoint = (ITransportSendEndpoint)endpoint;
        _work.Add(_capture.Capture(await transportEndpoint.CreateSendContext(message, Pipe.Empty<SendContext<T>>(), cancellationToken)));
    }
}
