using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>What an HTTP request is given: the context and the ways to send, of a scope of its own.</summary>
internal sealed class RequestScope(AsyncServiceScope scope) : IAsyncDisposable
{
    public IServiceProvider Services => scope.ServiceProvider;

    public OrderDbContext DbContext => Services.GetRequiredService<OrderDbContext>();

    public Task PublishAsync<T>(T message)
        where T : class => Services.GetRequiredService<IPublishEndpoint>().Publish(message);

    public async Task SendAsync<T>(Uri destination, T message)
        where T : class
    {
        var endpoint = await Services.GetRequiredService<ISendEndpointProvider>().GetSendEndpoint(destination);
        await endpoint.Send(message);
    }

    /// <summary>Adds a note to the context and sends it to be filed.</summary>
    public async Task<Guid> AddNoteAsync(Guid? id = null)
    {
        var note = new Note { Id = id ?? Guid.NewGuid() };
        DbContext.Add(note);
        await SendAsync(NoteConsumer.Filing, new FileNote(note.Id));
        return note.Id;
    }

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
