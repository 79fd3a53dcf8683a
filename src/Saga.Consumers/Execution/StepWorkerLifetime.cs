using MassTransit;

namespace Saga.Consumers;

/// <summary>Knows when the bus of this worker can take commands, and when it is about to stop.</summary>
/// <remarks>
/// The bus, not the host, says when to stop: a command given back earlier would come straight back to this worker, again and again,
/// until its queue stopped delivering.
/// </remarks>
public sealed class StepWorkerLifetime : IBusObserver, IDisposable
{
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Completes when every receive endpoint of the bus is ready for the first time; fails when the bus could not be started.</summary>
    public Task Ready => ready.Task;

    /// <summary>Signalled when the bus is about to stop.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <inheritdoc />
    public void PostCreate(IBus bus)
    {
    }

    /// <inheritdoc />
    public void CreateFaulted(Exception exception)
    {
    }

    /// <inheritdoc />
    public Task PreStart(IBus bus) => Task.CompletedTask;

    /// <inheritdoc />
    public Task PostStart(IBus bus, Task<BusReady> busReady)
    {
        // Not awaited: the bus waits for its observers, so it would never become ready.
        _ = FollowAsync(busReady);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StartFaulted(IBus bus, Exception exception)
    {
        ready.TrySetException(exception);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task PreStop(IBus bus) => stopping.CancelAsync();

    /// <inheritdoc />
    public Task PostStop(IBus bus) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopFaulted(IBus bus, Exception exception) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => stopping.Dispose();

    private async Task FollowAsync(Task<BusReady> busReady)
    {
        try
        {
            await busReady;
            ready.TrySetResult();
        }
        catch (Exception e)
        {
            ready.TrySetException(e);
        }
    }
}
