using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Saga.Consumers;
using Saga.StateMachines.StateMachine;

namespace Saga.Benchmarks.Soak;

/// <summary>The queues to which messages go that nobody could handle.</summary>
internal sealed class DeadLetterQueues(Uri broker)
{
    private static readonly string[] _queues = [SagaQueues.RunsName, "saga-steps-announced", StepEndpoints.NameOf(Effect.Name)];

    public async Task<long> CountAsync(CancellationToken cancellation)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync("saga-benchmark", cancellation);
        long messages = 0;
        foreach (var queue in _queues.SelectMany(queue => (string[])[$"{queue}_error", $"{queue}_skipped"]))
            messages += await CountAsync(connection, queue, cancellation);
        return messages;
    }

    private static async Task<long> CountAsync(IConnection connection, string queue, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, cancellation)).MessageCount;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // The first message that cannot be handled makes it.
            return 0;
        }
    }
}
