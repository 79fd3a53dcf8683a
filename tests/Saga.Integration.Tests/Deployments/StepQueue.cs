using RabbitMQ.Client;

namespace Saga.Integration.Tests.Deployments;

/// <summary>The queue of a step, declared as the documentation tells programs in other languages to.</summary>
internal static class StepQueue
{
    /// <summary>Declares it, with the exchange it is sent to, and returns its name.</summary>
    public static async Task<string> DeclareAsync(IChannel channel, string step)
    {
        var queue = $"saga-step-{step}";
        await channel.ExchangeDeclareAsync(queue, ExchangeType.Fanout, durable: true);
        await channel.QueueDeclareAsync(
            queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(queue, queue, "");
        return queue;
    }
}
