using MassTransit;

namespace Saga.Consumers.Tests.Support;

/// <summary>Hears what the transport hears: an exception here means that the message was not acknowledged.</summary>
internal sealed class DeliveryRecorder : IReceiveObserver
{
    private readonly TaskCompletionSource<Exception> fault = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Exception> FaultAsync() => fault.Task.WaitAsync(Patience.Token());

    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class => Task.CompletedTask;

    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class => Task.CompletedTask;

    public Task ReceiveFault(ReceiveContext context, Exception exception)
    {
        fault.TrySetResult(exception);
        return Task.CompletedTask;
    }
}
