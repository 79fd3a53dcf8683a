using MassTransit;

namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// Says when messages of one's own accord, those that answer no other, may be sent. That is once every queue of this process is there to be read, since a message sent
/// before its queue exists is lost; but a queue that cannot be read must not hold up the others for longer than ten seconds. MassTransit calls a bus not healthy for as
/// long as one of its queues is not, and not started if one was not at its start.
/// </summary>
public sealed class BusReach(IBusControl bus, TimeProvider clock)
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _readingSince;

    /// <summary>Whether they may be sent now.</summary>
    public bool IsOpen()
    {
        var health = bus.CheckHealth();
        var reads = health.Endpoints.Any(endpoint => endpoint.Value.Status == BusHealthStatus.Healthy && !IsOfBus(endpoint.Key));
        lock (_lock)
        {
            if (!reads)
                _readingSince = 0;
            else if (_readingSince == 0)
                _readingSince = clock.GetTimestamp();
            return health.Status == BusHealthStatus.Healthy || (reads && clock.GetElapsedTime(_readingSince) >= _patience);
        }
    }

    /// <summary>Returns once they may be sent.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (!IsOpen())
            await Task.Delay(_look, cancellationToken);
    }

    // It has no queue until somebody wants answers on it, and says that it is well without a broker, too.
    private bool IsOfBus(string address) => address == bus.Address.ToString();
}
