using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.StateMachine;

namespace Saga.StateMachines.Tests.StateMachine.Support;

/// <summary>Messages that cannot be handled.</summary>
internal sealed partial class ProvisioningHarness
{
    // After so many tries a message is given up.
    private const int MostTries = 20;

    /// <summary>Makes a run one that no message can be handled for.</summary>
    public async Task BreakAsync(Guid runId)
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RunDbContext>().Runs.Where(run => run.CorrelationId == runId)
            .ExecuteUpdateAsync(run => run.SetProperty(row => row.Nodes, "?").SetProperty(row => row.Version, row => row.Version + 1));
    }

    /// <summary>Takes back what <see cref="BreakAsync"/> did to a run.</summary>
    public async Task MendAsync(Guid runId, string nodes)
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RunDbContext>().Runs.Where(run => run.CorrelationId == runId)
            .ExecuteUpdateAsync(run => run.SetProperty(row => row.Nodes, nodes).SetProperty(row => row.Version, row => row.Version + 1));
    }

    /// <summary>The messages that could not be handled, once they are what is asked for.</summary>
    public async Task<List<FaultRow>> SeeFaultsAsync(Func<List<FaultRow>, bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience.Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            await using (var scope = _services.CreateAsyncScope())
            {
                var faults = await scope.ServiceProvider.GetRequiredService<RunDbContext>().Faults.AsNoTracking().ToListAsync(deadline.Token);
                if (condition(faults))
                    return faults;
            }

            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>The lines of a log event, once there is one.</summary>
    public async Task<IReadOnlyList<string>> SeeLogAsync(int eventId)
    {
        using var deadline = new CancellationTokenSource(Patience.Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!Log.LinesOf(eventId).Any())
            await timer.WaitForNextTickAsync(deadline.Token);
        return [.. Log.LinesOf(eventId)];
    }

    /// <summary>Makes the next fault of every message its last, and waits until it was.</summary>
    public async Task WearOutAsync()
    {
        using var deadline = new CancellationTokenSource(Patience.Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            // A fault that is being stored just now overwrites the number, so one time may not be enough.
            await using var scope = _services.CreateAsyncScope();
            var left = scope.ServiceProvider.GetRequiredService<RunDbContext>().Faults.Where(fault => fault.RetryAt != null);
            if (await left.ExecuteUpdateAsync(fault => fault.SetProperty(row => row.Tries, MostTries - 1), deadline.Token) == 0)
                return;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    /// <summary>Sends a message with an id that the test chooses.</summary>
    public async Task SendAsync<T>(T message, Guid messageId)
        where T : class => await (await Harness.Bus.GetSendEndpoint(SagaQueues.Runs)).Send(message, send => send.MessageId = messageId);

    /// <summary>Stores a message as it is, to be delivered to the queue of runs.</summary>
    public async Task StoreAsync(OutboxMessage message)
    {
        await using var scope = _services.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        dbContext.Add(message);
        await dbContext.SaveChangesAsync();
    }
}
