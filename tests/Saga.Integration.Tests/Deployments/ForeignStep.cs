using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Saga.Integration.Tests.Deployments;

/// <summary>A step worker in "another language": an AMQP client and JSON, and nothing of .NET's side of the product.</summary>
public sealed class ForeignStep : IAsyncDisposable
{
    private readonly IConnection _connection;

    private ForeignStep(IConnection connection) => _connection = connection;

    /// <summary>Hosts a step that answers its input's <c>text</c> in capitals.</summary>
    public static async Task<ForeignStep> HostAsync(Uri broker, string name)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var queue = await StepQueue.DeclareAsync(channel, name);

        var sender = new PlainSender(broker);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            var (answer, type) = Answer(delivery.Body);
            await sender.SendAsync("saga-runs", answer, type);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);

        var announcement = new { worker = "elsewhere:1", steps = new[] { new { name, compensates = true } } };
        await sender.SendAsync("Saga.Contracts:StepsAnnounced", JsonSerializer.Serialize(announcement));
        return new ForeignStep(connection);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static (string Answer, string Type) Answer(ReadOnlyMemory<byte> body)
    {
        using var envelope = JsonDocument.Parse(body);
        var command = envelope.RootElement.GetProperty("message");
        var runId = command.GetProperty("runId").GetGuid();
        var node = command.GetProperty("node").GetString();
        var attempt = command.GetProperty("attempt").GetInt32();
        var dispatchId = command.GetProperty("dispatchId").GetInt64();
        if (envelope.RootElement.GetProperty("messageType")[0].GetString() == "urn:message:Saga.Contracts:CompensateStep")
        {
            return (JsonSerializer.Serialize(new { runId, node, attempt, dispatchId }), "StepCompensated");
        }

        var shout = command.GetProperty("input").GetProperty("text").GetString()!.ToUpperInvariant();
        var answer = new { runId, node, attempt, dispatchId, output = new { shout }, put = new { said = shout } };
        return (JsonSerializer.Serialize(answer), "StepCompleted");
    }
}
