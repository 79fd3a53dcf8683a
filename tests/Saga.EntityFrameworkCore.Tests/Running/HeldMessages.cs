using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>
/// Holds messages of a type that have come out of their queue, before anybody handles them. Disposed of, nobody will, as if the process had died.
/// </summary>
internal sealed class HeldMessages<T> : IConsumeMessageObserver<T>, IDisposable
    where T : class
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public static HeldMessages<T> On(OrderHost host)
    {
        var held = new HeldMessages<T>();
        host.Harness.Bus.ConnectConsumeMessageObserver(held);
        return held;
    }

    public Task SeeAsync(int count) => Eventually.SeeAsync($"{count} messages held", _ => Task.FromResult(Volatile.Read(ref _count)), found => found == count);

    public void LetGo() => _end.TrySetResult();

    public void Dispose() => _end.TrySetException(new InvalidOperationException("The process is dead."));

    public Task PreConsume(ConsumeContext<T> context)
    {
        Interlocked.Increment(ref _count);
        return _end.Task;
    }

    public Task PostConsume(ConsumeContext<T> context) => Task.CompletedTask;

    public Task ConsumeFault(ConsumeContext<T> context, Exception exception) => Task.CompletedTask;
}
