namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>Time that passes only when a test says so, and then fires what has become due.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private readonly List<SteppedTimer> _timers = [];

    // It begins with the real time, which MassTransit's own stamps on messages show.
    private DateTimeOffset _now = DateTimeOffset.UtcNow;

    /// <summary>How many wait for a moment.</summary>
    public int Waiting
    {
        get
        {
            lock (_timers)
                return _timers.Count(timer => timer.IsSet);
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_timers)
            return _now;
    }

    public void Advance(TimeSpan time)
    {
        lock (_timers)
        {
            _now += time;
            foreach (var timer in _timers)
                timer.FireIfDue(_now);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteppedTimer(this, () => callback(state));
        lock (_timers)
            _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class SteppedTimer(SteppedClock clock, Action fire) : ITimer
    {
        private DateTimeOffset? _dueAt;

        public bool IsSet => _dueAt is not null;

        public void FireIfDue(DateTimeOffset now)
        {
            if (_dueAt > now || _dueAt is null)
                return;
            _dueAt = null;
            ThreadPool.QueueUserWorkItem(_ => fire());
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._timers)
            {
                _dueAt = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                FireIfDue(clock._now);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._timers)
            {
                _dueAt = null;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
