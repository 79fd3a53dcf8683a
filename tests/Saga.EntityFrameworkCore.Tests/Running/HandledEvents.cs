using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>Counts what the order saga has handled, committed or not.</summary>
internal sealed class HandledEvents : IEventObserver<Order>, IDisposable
{
    private readonly IDisposable _connection;
    private int _count;

    public HandledEvents(OrderHost host) =>
        _connection = host.Services.GetRequiredService<OrderStateMachine>().ConnectEventObserver(this);

    public int Count => Volatile.Read(ref _count);

    /// <summary>Runs when so many have been handled, before the commit.</summary>
    public Func<int, Task> OnHandled { get; set; } = _ => Task.CompletedTask;

    public Task SeeAsync(int count) => Eventually.SeeAsync($"{count} handled events", _ => Task.FromResult(Count), found => found >= count);

    public Task PreExecute(BehaviorContext<Order> context) => Task.CompletedTask;

    public Task PreExecute<T>(BehaviorContext<Order, T> context)
        where T : class => Task.CompletedTask;

    public Task PostExecute(BehaviorContext<Order> context) => Task.CompletedTask;

    public Task PostExecute<T>(BehaviorContext<Order, T> context)
        where T : class => OnHandled(Interlocked.Increment(ref _count));

    public Task ExecuteFault(BehaviorContext<Order> context, Exception exception) => Task.CompletedTask;

    public Task ExecuteFault<T>(BehaviorContext<Order, T> context, Exception exception)
        where T : class => Task.CompletedTask;

    public void Dispose() => _connection.Dispose();
}
