namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// Wakes the sweeper of this process: when the next sweep is due, and before that for every scheduled message this process knows of. Only
/// the nearest time is kept, because the sweep it leads to looks for the next one itself.
/// </summary>
internal sealed class SweepAlarm : IDisposable
{
    // The longest a timer takes is some weeks; ringing early for a message that is due much later only costs a sweep.
    private static readonly TimeSpan _longestWait = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _rung = new(0, 1);
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private DateTimeOffset _ringsAt = DateTimeOffset.MaxValue;
    private bool _disposed;

    public SweepAlarm(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Rings at <paramref name="moment"/>, or earlier when it is set to already.</summary>
    public void RingAt(DateTimeOffset moment)
    {
        lock (_lock)
        {
            if (_disposed || moment >= _ringsAt)
                return;
            _ringsAt = moment;

            // Rounded up: a timer drops the fraction of a millisecond, and what is due after it would not be yet.
            var wait = TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((moment - _clock.GetUtcNow()).TotalMilliseconds)));
            _timer.Change(wait < _longestWait ? wait : _longestWait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Waits until it rings; at once when it has rung since the last wait.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _rung.WaitAsync(cancellationToken);

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer.Dispose();
            _rung.Dispose();
        }
    }

    private void Ring()
    {
        lock (_lock)
        {
            // A disposed timer may still be on its way here.
            _ringsAt = DateTimeOffset.MaxValue;
            if (!_disposed && _rung.CurrentCount == 0)
                _rung.Release();
        }
    }
}
