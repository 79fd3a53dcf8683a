using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Saga.Integration.Tests.Deployments;

/// <summary>A step worker in another language that answers whatever bytes it is told to.</summary>
public sealed class BluntStep : IAsyncDisposable
{
    private readonly IConnection _connection;

    private BluntStep(IConnection connection) => _connection = connection;

    /// <summary>Hosts a step that answers every execution so, and that was compensated whenever it is told to compensate.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="name">The name of the step.</param>
    /// <param name="type">The answer, such as <c>StepCompleted</c>.</param>
    /// <param name="rest">Its properties besides those that repeat the command, such as <c>"output":1</c>.</param>
    /// <param name="encoding">How its text becomes bytes.</param>
    public static async Task<BluntStep> HostAsync(Uri broker, string name, string type, string rest, Encoding encoding)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var queue = await StepQueue.DeclareAsync(channel, name);
        var sender = new PlainSender(broker);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            using var envelope = JsonDocument.Parse(delivery.Body);
            var command = envelope.RootElement.GetProperty("message");
            var which = $"\"runId\":{Of("runId")},\"node\":{Of("node")},\"attempt\":{Of("attempt")},\"dispatchId\":{Of("dispatchId")}";
            var isCompensation = envelope.RootElement.GetProperty("messageType")[0].GetString() == "urn:message:Saga.Contracts:CompensateStep";
            await sender.SendAsync(
                "saga-runs", encoding.GetBytes($"{{{which}{(isCompensation ? "" : $",{rest}")}}}"), isCompensation ? "StepCompensated" : type);
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);

            string Of(string property) => command.GetProperty(property).GetRawText();
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);

        var announcement = new { worker = "elsewhere:1", steps = new[] { new { name, compensates = true } } };
        await sender.SendAsync("Saga.Contracts:StepsAnnounced", JsonSerializer.Serialize(announcement));
        return new BluntStep(connection);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
