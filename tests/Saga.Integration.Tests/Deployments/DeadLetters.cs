using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Deployments;

/// <summary>The queues to which messages go that could not be handled.</summary>
public sealed class DeadLetters(Uri broker)
{
    private static readonly string[] Queues =
        ["saga-runs", "saga-steps-announced", "saga-step-echo", "saga-step-delay", "saga-step-fail", "saga-step-fail-compensation"];

    private static readonly string[] Suffixes = ["_error", "_skipped"];

    public async Task ShouldBeNoneAsync(Func<string> output)
    {
        var found = new List<string>();
        foreach (var queue in Queues.SelectMany(queue => Suffixes.Select(suffix => queue + suffix)))
        {
            if (await TakeAsync(queue) is { } message)
            {
                found.Add($"{queue}: {message}");
            }
        }

        found.ShouldBeEmpty(output());
    }

    /// <summary>Waits for a message in the queue, takes it, and returns why it could not be handled.</summary>
    public Task<string> SeeInAsync(string queue, Func<string> output) =>
        Eventually.SeeAsync($"a message in {queue}", async _ => await TakeAsync(queue), message => message is not null, context: output)!;

    private async Task<string?> TakeAsync(string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            var message = await channel.BasicGetAsync(queue, autoAck: true);
            return message is null ? null : ReasonOf(message.BasicProperties);
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            // The first message that cannot be handled makes the queue.
            return null;
        }
    }

    private static string ReasonOf(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue("MT-Fault-Message", out var reason) == true && reason is byte[] text
            ? System.Text.Encoding.UTF8.GetString(text)
            : "no reason given";
}
