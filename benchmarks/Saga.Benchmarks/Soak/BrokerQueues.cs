using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Saga.Consumers;
using Saga.StateMachines.StateMachine;

namespace Saga.Benchmarks.Soak;

/// <summary>The product's queues on the broker.</summary>
internal sealed class BrokerQueues(Uri broker)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);
    private static readonly string[] _answers = [.. Enumerable.Range(1, SagaQueues.AnswerQueues).Select(SagaQueues.AnswersName)];
    private static readonly string[] _handled = [SagaQueues.RunsName, "saga-steps-announced", StepEndpoints.NameOf(Effect.Name)];

    /// <summary>Returns once orchestrators have made theirs for answers, which they do after they have become ready.</summary>
    /// <exception cref="TimeoutException">They have not, for longer than the patience.</exception>
    public Task WaitForAnswersAsync(TimeSpan patience, CancellationToken cancellation) => WaitForAnswersAsync(cancellation).WaitAsync(patience, cancellation);

    private async Task WaitForAnswersAsync(CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(cancellation);
        foreach (var queue in _answers)
        {
            while (await CountAsync(connection, queue, cancellation) is null)
                await Task.Delay(_pause, cancellation);
        }
    }

    /// <summary>How many messages nobody could handle.</summary>
    public async Task<long> CountDeadLettersAsync(CancellationToken cancellation)
    {
        await using var connection = await ConnectAsync(cancellation);
        long messages = 0;

        // The first message that cannot be handled makes such a queue.
        foreach (var queue in _handled.SelectMany(queue => (string[])[$"{queue}_error", $"{queue}_skipped"]))
            messages += await CountAsync(connection, queue, cancellation) ?? 0;
        return messages;
    }

    private Task<IConnection> ConnectAsync(CancellationToken cancellation) =>
        new ConnectionFactory { Uri = broker }.CreateConnectionAsync("saga-benchmark", cancellation);

    /// <summary>How many messages are in the queue; null if there is no such queue.</summary>
    private static async Task<uint?> CountAsync(IConnection connection, string queue, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, cancellation)).MessageCount;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }
}
