using System.Text.Json;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Saga.Integration.Tests.Deployments;

namespace Saga.Integration.Tests.Answering;

/// <summary>A step that is executed when the test says so, and answers where its command asks for it.</summary>
public sealed class HeldStep : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly PlainSender _sender;
    private readonly Channel<JsonElement> _commands = Channel.CreateUnbounded<JsonElement>();
    private JsonElement _asked;

    private HeldStep(IConnection connection, PlainSender sender) => (_connection, _sender) = (connection, sender);

    public static async Task<HeldStep> HostAsync(Uri broker, string name)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var queue = await StepQueue.DeclareAsync(channel, name);
        var step = new HeldStep(connection, new PlainSender(broker));
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
            step._commands.Writer.WriteAsync(JsonElement.Parse(delivery.Body.Span).GetProperty("message")).AsTask();
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);

        var announcement = new { worker = "held:1", steps = new[] { new { name, compensates = true } } };
        await step._sender.SendAsync("Saga.Contracts:StepsAnnounced", JsonSerializer.Serialize(announcement));
        return step;
    }

    /// <summary>Waits for a command and returns where its answer is wanted.</summary>
    public async Task<string?> AskedAsync()
    {
        _asked = await _commands.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience.Limit);
        return _asked.GetProperty("answerTo").GetString();
    }

    /// <summary>Answers that command.</summary>
    public Task AnswerAsync() => _sender.SendAsync(
        _asked.GetProperty("answerTo").GetString()!,
        JsonSerializer.Serialize(new
        {
            runId = _asked.GetProperty("runId"),
            node = _asked.GetProperty("node"),
            attempt = _asked.GetProperty("attempt"),
            dispatchId = _asked.GetProperty("dispatchId"),
        }),
        "StepCompleted");

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
