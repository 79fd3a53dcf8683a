using System.Collections.Concurrent;
using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>Plays the other services: takes their messages and keeps them.</summary>
internal sealed class ReceivedMessages
{
    private readonly ConcurrentQueue<ConsumeContext> _received = new();

    public void Take<T>(IReceiveEndpointConfigurator endpoint)
        where T : class => endpoint.Handler<T>(context =>
    {
        _received.Enqueue(context);
        return Task.CompletedTask;
    });

    public IReadOnlyList<ConsumeContext<T>> All<T>()
        where T : class => [.. _received.OfType<ConsumeContext<T>>()];

    public async Task<ConsumeContext<T>> OneAsync<T>()
        where T : class => (await SomeAsync<T>(1))[0];

    public Task<IReadOnlyList<ConsumeContext<T>>> SomeAsync<T>(int count)
        where T : class => Eventually.SeeAsync($"{count} {typeof(T).Name}", _ => Task.FromResult(All<T>()), found => found.Count >= count);
}
