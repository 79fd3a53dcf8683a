using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>Tells <see cref="Traffic"/> of every message on its way to the broker. Captured messages do not pass here; delivered ones do.</summary>
internal sealed class Deliveries(Traffic traffic) : ISendObserver, IPublishObserver
{
    public Task PreSend<T>(SendContext<T> context)
        where T : class => Delivering(context);

    public Task PostSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => Delivering(context);

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    private async Task Delivering<T>(SendContext<T> context)
        where T : class
    {
        await traffic.OnDelivery(context.Message);
        traffic.Delivered.Enqueue(context);
        traffic.Saw($"send {typeof(T).Name}");
    }
}
