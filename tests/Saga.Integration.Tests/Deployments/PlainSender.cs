using System.Text;
using RabbitMQ.Client;

namespace Saga.Integration.Tests.Deployments;

/// <summary>Sends bytes to exchanges, as a program that knows nothing of MassTransit does.</summary>
public sealed class PlainSender(Uri broker)
{
    public const string PlainJson = "application/json";
    public const string Envelope = "application/vnd.masstransit+json";

    /// <summary>Returns once a queue holds the message.</summary>
    public Task SendAsync(string exchange, string body, string? messageType = null, string contentType = PlainJson) =>
        SendAsync(exchange, Encoding.UTF8.GetBytes(body), messageType, contentType);

    /// <summary>The same for bytes, which need be no text.</summary>
    public async Task SendAsync(string exchange, byte[] body, string? messageType = null, string contentType = PlainJson)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var properties = new BasicProperties { ContentType = contentType, Persistent = true };
        if (messageType is not null)
        {
            properties.Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["message-type"] = messageType };
        }

        await channel.BasicPublishAsync(exchange, "", mandatory: true, properties, body);
    }
}
