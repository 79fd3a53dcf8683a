using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;
using RabbitMQ.Client;
using Saga.Integration.Tests.Servers;
using Saga.Worker.Hosting;
using Saga.Worker.Messaging;
using Saga.Worker.Messaging.Acknowledging;

namespace Saga.Integration.Tests.Acknowledging;

/// <summary>A queue of numbered messages, and a bus that takes them as a worker's endpoints do.</summary>
internal sealed class NumberedMail(TestVirtualHost virtualHost, QueueType queueType = QueueType.Quorum) : IAsyncDisposable
{
    public const string Queue = "numbered";

    /// <summary>How many are handled at once.</summary>
    public const int AtOnce = 100;

    private readonly ConcurrentQueue<int> _handled = new();
    private readonly HeldMoments _time = new();
    private IBusControl? _bus;

    /// <summary>The numbers of what was handled, each as often as it was.</summary>
    public IReadOnlyCollection<int> Handled => _handled;

    /// <summary>How often there were acknowledgements to wait for: never, should MassTransit send them past us.</summary>
    public int Moments => _time.Timers;

    /// <summary>Starts the bus. A message whose handler throws goes back to the queue.</summary>
    public async Task TakeAsync(Func<int, ConsumeContext, Task> handle)
    {
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(virtualHost.Uri);
            rabbit.ConcurrentMessageLimit = AtOnce;
            rabbit.ReceiveEndpoint(Queue, endpoint =>
            {
                endpoint.SetQueueType(queueType);
                endpoint.AcknowledgeTogether(prefetch: 200, _time);
                endpoint.RethrowFaultedMessages();
                endpoint.Handler<Numbered>(async context =>
                {
                    await handle(context.Message.Number, context);
                    _handled.Enqueue(context.Message.Number);
                });
            });
        });
        await _bus.StartAsync();
    }

    public async Task SendAsync(int from, int count)
    {
        var endpoint = await _bus!.GetSendEndpoint(new Uri($"exchange:{Queue}"));
        await Parallel.ForEachAsync(Enumerable.Range(from, count), async (number, cancellation) => await endpoint.Send(new Numbered(number), cancellation));
    }

    /// <summary>Has acknowledgements wait for each other no longer than they do in the product. Until then they wait until they are many, or the bus stops.</summary>
    public void LetTimePass() => _time.LetPass();

    public Task StopAsync()
    {
        LetTimePass();
        return _bus!.StopAsync();
    }

    /// <summary>Takes what is in the queue, and returns the numbers.</summary>
    public async Task<List<int>> TakeTheRestAsync(CancellationToken cancellation)
    {
        await using var connection = await new ConnectionFactory { Uri = virtualHost.Uri }.CreateConnectionAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var rest = new List<int>();
        while (await channel.BasicGetAsync(Queue, autoAck: true, cancellation) is { } message)
        {
            using var envelope = JsonDocument.Parse(message.Body);
            rest.Add(envelope.RootElement.GetProperty("message").GetProperty("number").GetInt32());
        }

        return rest;
    }

    public async ValueTask DisposeAsync()
    {
        if (_bus is not null)
            await StopAsync();
    }

    public sealed record Numbered(int Number);

    // Counts the moments, and holds them: on a slow machine, on which messages come one by one, there would be as many of them as messages.
    private sealed class HeldMoments : TimeProvider
    {
        private readonly ConcurrentQueue<ITimer> _held = new();
        private volatile bool _pass;
        private int _timers;

        public int Timers => _timers;

        public void LetPass()
        {
            _pass = true;
            while (_held.TryDequeue(out var timer))
                timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _timers);
            if (_pass)
                return base.CreateTimer(callback, state, dueTime, period);

            var timer = base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
            _held.Enqueue(timer);
            if (_pass)
                LetPass();
            return timer;
        }
    }
}
