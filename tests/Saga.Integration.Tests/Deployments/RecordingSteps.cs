using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Saga.Integration.Tests.Deployments;

/// <summary>
/// Hosts the steps <c>work</c>, which succeeds, and <c>refuse</c>, which fails, and records every command that it obeys. The first command has to wait: until
/// the test lets it through, there is a run that has not ended.
/// </summary>
public sealed class RecordingSteps : IAsyncDisposable
{
    public const string Work = "work";
    public const string Refuse = "refuse";

    private readonly IConnection _connection;
    private readonly IChannel _answers;
    private readonly TaskCompletionSource _letThrough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _commands;

    private RecordingSteps(IConnection connection, IChannel answers) => (_connection, _answers) = (connection, answers);

    public RecordedEffects Effects { get; } = new();

    /// <summary>Begins once an orchestrator is there, which must hear the announcement.</summary>
    public static async Task<RecordingSteps> HostAsync(Uri broker)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var steps = new RecordingSteps(connection, await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)));
        await steps.TakeAsync(Work);
        await steps.TakeAsync(Refuse);
        var announcement = new { worker = "recorder:1", steps = new[] { new { name = Work, compensates = true }, new { name = Refuse, compensates = true } } };
        await new PlainSender(broker).SendAsync("Saga.Contracts:StepsAnnounced", JsonSerializer.Serialize(announcement));
        return steps;
    }

    public void LetFirstThrough() => _letThrough.TrySetResult();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task TakeAsync(string step)
    {
        var channel = await _connection.CreateChannelAsync();
        var queue = await StepQueue.DeclareAsync(channel, step);
        await channel.BasicQosAsync(0, 20, global: false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (sender, delivery) =>
        {
            // Not here, where the next ones would wait, too.
            if (Interlocked.Increment(ref _commands) == 1)
                _ = ObeyWhenLetThroughAsync(delivery.Body.ToArray(), delivery.DeliveryTag);
            else
                await ObeyAndAcknowledgeAsync(delivery.Body, delivery.DeliveryTag);
        };

        async Task ObeyWhenLetThroughAsync(byte[] body, ulong deliveryTag)
        {
            await _letThrough.Task;
            await ObeyAndAcknowledgeAsync(body, deliveryTag);
        }

        async Task ObeyAndAcknowledgeAsync(ReadOnlyMemory<byte> body, ulong deliveryTag)
        {
            await ObeyAsync(body);
            await channel.BasicAckAsync(deliveryTag, multiple: false);
        }

        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
    }

    private async Task ObeyAsync(ReadOnlyMemory<byte> body)
    {
        using var envelope = JsonDocument.Parse(body);
        var command = envelope.RootElement.GetProperty("message");
        var compensates = envelope.RootElement.GetProperty("messageType")[0].GetString() == "urn:message:Saga.Contracts:CompensateStep";
        var (runId, node) = (command.GetProperty("runId").GetGuid(), command.GetProperty("node").GetString()!);
        var (attempt, dispatchId) = (command.GetProperty("attempt").GetInt32(), command.GetProperty("dispatchId").GetInt64());

        // Before the answer, as in the world: what was done is done, whatever becomes of the answer.
        Effects.Record(runId, node, compensates, command.GetProperty("idempotencyKey").GetString()!);
        var queue = command.GetProperty("answerTo").GetString() ?? "saga-runs";
        if (compensates)
            await AnswerAsync(queue, "StepCompensated", new { runId, node, attempt, dispatchId });
        else if (command.GetProperty("step").GetString() == Refuse)
            await AnswerAsync(queue, "StepFailed", new { runId, node, attempt, dispatchId, code = "refused", message = "It was asked to fail." });
        else
            await AnswerAsync(queue, "StepCompleted", new { runId, node, attempt, dispatchId, output = new { done = true } });
    }

    private async Task AnswerAsync(string queue, string type, object answer)
    {
        var properties = new BasicProperties
        {
            ContentType = PlainSender.PlainJson,
            Persistent = true,
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["message-type"] = type },
        };
        await _answers.BasicPublishAsync(queue, "", mandatory: true, properties, JsonSerializer.SerializeToUtf8Bytes(answer));
    }
}
