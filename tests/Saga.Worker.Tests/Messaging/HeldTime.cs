namespace Saga.Worker.Tests.Messaging;

/// <summary>A clock on which nothing is due before a test says so.</summary>
internal sealed class HeldTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Action> _due = [];
    private readonly SemaphoreSlim _created = new(0);

    /// <summary>How many there were until now.</summary>
    public int Timers { get; private set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            Timers++;
            _due.Add(() => callback(state));
        }

        _created.Release();
        return new Nothing();
    }

    public void Pass()
    {
        List<Action> due;
        lock (_lock)
        {
            due = [.. _due];
            _due.Clear();
        }

        due.ForEach(elapsed => elapsed());
    }

    /// <summary>Returns once there have been so many, some of which may be over.</summary>
    public async Task HasTimersAsync(int count)
    {
        while (Timers < count)
            await _created.WaitAsync();
    }

    public void PassOldest()
    {
        Action oldest;
        lock (_lock)
        {
            oldest = _due[0];
            _due.RemoveAt(0);
        }

        oldest();
    }

    private sealed class Nothing : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            // There is nothing to let go of.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
