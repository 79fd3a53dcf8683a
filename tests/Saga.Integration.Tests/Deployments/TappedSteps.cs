using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Saga.Integration.Tests.Servers;

namespace Saga.Integration.Tests.Deployments;

/// <summary>Listens to commands as they come from the broker, before anybody takes them apart. It answers only what it is told to.</summary>
public sealed class TappedSteps : IAsyncDisposable
{
    private readonly ConcurrentQueue<Delivery> _deliveries = new();
    private readonly IConnection _connection;
    private readonly PlainSender _sender;

    private TappedSteps(IConnection connection, PlainSender sender) => (_connection, _sender) = (connection, sender);

    /// <summary>What has come so far, in order.</summary>
    public IReadOnlyList<Delivery> Deliveries => [.. _deliveries];

    /// <summary>Hosts the step, and announces it.</summary>
    public static async Task<TappedSteps> HostAsync(Uri broker, string step)
    {
        var steps = new TappedSteps(await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(), new PlainSender(broker));
        var channel = await steps._connection.CreateChannelAsync();
        var queue = await StepQueue.DeclareAsync(channel, step);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += async (_, delivery) =>
        {
            steps._deliveries.Enqueue(new Delivery(
                delivery.Exchange, delivery.RoutingKey, delivery.BasicProperties.ContentType, delivery.BasicProperties.DeliveryMode,
                JsonElement.Parse(delivery.Body.Span)));
            await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false);
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        await steps._sender.SendAsync(
            "saga-steps-announced", JsonSerializer.Serialize(new { worker = "tap:1", steps = new[] { new { name = step, compensates = true } } }), "StepsAnnounced");
        return steps;
    }

    /// <summary>Waits for a command of a kind to a node. It may come twice.</summary>
    public async Task<Delivery> SeeAsync(string type, string node, int attempt = 1, bool isResumed = false)
    {
        var seen = await Eventually.SeeAsync(
            $"{type} to {node} in attempt {attempt}",
            _ => Task.FromResult(Deliveries.FirstOrDefault(delivery =>
                delivery.IsA(type) && delivery.Text("node") == node && delivery.Attempt == attempt && delivery.IsResumed == isResumed)),
            found => found is not null);
        return seen!;
    }

    /// <summary>Answers a command, as a program without MassTransit does.</summary>
    public Task AnswerAsync(Delivery command, string type, object? more = null)
    {
        var answer = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        foreach (var name in (string[])["runId", "node", "attempt", "dispatchId"])
            answer[name] = JsonSerializer.SerializeToNode(command.Message.GetProperty(name));
        return _sender.SendAsync(command.Text("answerTo") ?? "saga-runs", answer.ToJsonString(), type);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>A command as it came.</summary>
    public sealed record Delivery(string Exchange, string RoutingKey, string? ContentType, DeliveryModes Mode, JsonElement Envelope)
    {
        public JsonElement Message => Envelope.GetProperty("message");

        public int Attempt => Message.GetProperty("attempt").GetInt32();

        public bool IsResumed => Message.TryGetProperty("resumption", out var resumption) && resumption.ValueKind == JsonValueKind.Object;

        public bool IsA(string type) => Envelope.GetProperty("messageType")[0].GetString() == $"urn:message:Saga.Contracts:{type}";

        public string? Text(string property) => Message.GetProperty(property).GetString();
    }
}
