using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>Publishes <see cref="StepsAnnounced"/> once the worker can take commands, and again every interval.</summary>
public sealed class StepsAnnouncer(
    StepCatalogue catalogue,
    StepWorkerLifetime lifetime,
    IBusControl bus,
    IOptions<StepAnnouncementOptions> options,
    TimeProvider time,
    ILogger<StepsAnnouncer> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly TimeSpan interval = options.Value.Interval;

    private readonly StepsAnnounced announcement = new()
    {
        Worker = $"{Environment.MachineName}:{Environment.ProcessId}",
        Steps = [.. catalogue.Steps.Select(step => step.Announce())],
    };

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (announcement.Steps.Count == 0)
            return;

        await WaitForTheBusAsync(stoppingToken);

        using var timer = new PeriodicTimer(interval, time);
        do
        {
            await AnnounceAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // A command sent before its queue exists is lost until the orchestrator sends it again, so nobody is invited too early.
    private async Task WaitForTheBusAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!lifetime.Ready.IsCompleted && !ReadsAllQueues())
                await Task.WhenAny(lifetime.Ready, Task.Delay(Look, stoppingToken));
            stoppingToken.ThrowIfCancellationRequested();
            if (lifetime.Ready.IsFaulted)
                await lifetime.Ready;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // The bus goes on trying; publishing waits for it.
            Log.BusNotReady(logger, e);
        }
    }

    // A bus that lost its broker during its start may never call itself started, though it has come to read its queues.
    private bool ReadsAllQueues() => bus.CheckHealth().Endpoints.Values.All(endpoint => endpoint.Status == BusHealthStatus.Healthy);

    private async Task AnnounceAsync(CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, patience.Token);
        try
        {
            await bus.Publish(announcement, either.Token);
            Log.Announced(logger, announcement.Steps.Count);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            // The next tick tries again; a worker that could not announce itself still works.
            Log.NotAnnounced(logger, e, announcement.Steps.Count);
        }
    }
}
