using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Saga.Benchmarks.Servers;

/// <summary>Keeps the benchmark off a broker that is in use: its runs would go to others, and theirs would come here.</summary>
internal static class BrokerGuard
{
    private const string Queue = "saga-runs";

    public static async Task EnsureUnusedAsync(Uri broker, CancellationToken cancellation)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync("saga-benchmark", cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            var queue = await channel.QueueDeclarePassiveAsync(Queue, cancellation);
            if (queue.ConsumerCount > 0 || queue.MessageCount > 0)
            {
                throw new InvalidOperationException(
                    $"The queue {Queue} has {queue.ConsumerCount} consumers and {queue.MessageCount} messages, so others use this broker."
                    + "The benchmark needs one of its own. Name another, or an unused virtual host, with --broker.");
            }
        }
        catch (OperationInterruptedException)
        {
            // There is no such queue yet.
        }
    }
}
