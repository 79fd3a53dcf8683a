using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Saga.Integration.Tests.Servers;

namespace Saga.Integration.Tests.Deployments;

/// <summary>A service that listens to what the orchestrator publishes, without MassTransit.</summary>
public sealed class News : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Event, JsonElement Message)> _heard = new();
    private readonly IConnection _connection;

    private News(IConnection connection) => _connection = connection;

    /// <summary>Hears these events, such as <c>ProvisioningCompleted</c>, from now on.</summary>
    public static async Task<News> SubscribeAsync(Uri broker, params string[] events)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var news = new News(connection);
        var channel = await connection.CreateChannelAsync();
        var queue = await channel.QueueDeclareAsync();
        foreach (var name in events)
        {
            await channel.ExchangeDeclareAsync($"Saga.Contracts:{name}", ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue.QueueName, $"Saga.Contracts:{name}", "");
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            using var envelope = JsonDocument.Parse(delivery.Body);
            news._heard.Enqueue((delivery.Exchange.Split(':')[1], envelope.RootElement.GetProperty("message").Clone()));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer);
        return news;
    }

    /// <summary>Waits for an event about a run, and returns its message.</summary>
    public async Task<JsonElement> SeeAsync(string name, Guid run, Func<string> output)
    {
        var seen = await Eventually.SeeAsync(
            $"{name} of run {run}",
            _ => Task.FromResult(Of(run).Where(heard => heard.Event == name).ToList()),
            heard => heard.Count > 0,
            context: output);
        return seen[0].Message;
    }

    /// <summary>The names of the events heard about a run so far.</summary>
    public IReadOnlyList<string> NamesOf(Guid run) => [.. Of(run).Select(heard => heard.Event)];

    /// <summary>All that was heard about a run so far, repeats too.</summary>
    public IReadOnlyList<(string Event, JsonElement Message)> Of(Guid run) => [.. _heard.Where(heard => heard.Message.GetProperty("runId").GetGuid() == run)];

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
