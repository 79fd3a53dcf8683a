using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Saga.Worker.Tests.Api.Support;

/// <summary>Holds messages of a type that have come out of their queue, before anybody handles them. Disposed of, nobody will.</summary>
internal sealed class HeldMessages<T>(Func<T, bool> isHeld) : IConsumeMessageObserver<T>, IDisposable
    where T : class
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when one is held.</summary>
    public Task First => _first.Task.WaitAsync(Patience.Limit);

    public static HeldMessages<T> On(EmbeddedWorker worker, Func<T, bool>? isHeld = null)
    {
        var held = new HeldMessages<T>(isHeld ?? (_ => true));
        worker.Services.GetRequiredService<IBus>().ConnectConsumeMessageObserver(held);
        return held;
    }

    /// <summary>Lets them be handled.</summary>
    public void LetGo() => _end.TrySetResult();

    public void Dispose() => _end.TrySetException(new InvalidOperationException("The process is dead."));

    public Task PreConsume(ConsumeContext<T> context)
    {
        if (!isHeld(context.Message))
            return Task.CompletedTask;
        _first.TrySetResult();
        return _end.Task;
    }

    public Task PostConsume(ConsumeContext<T> context) => Task.CompletedTask;

    public Task ConsumeFault(ConsumeContext<T> context, Exception exception) => Task.CompletedTask;
}
