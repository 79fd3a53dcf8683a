namespace Saga.Worker.Tests.Messaging;

/// <summary>A clock on which nothing is due before a test says so.</summary>
internal sealed class HeldTime : TimeProvider
{
    private readonly List<Action> _due = [];

    public int Timers { get; private set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timers++;
        _due.Add(() => callback(state));
        return new Nothing();
    }

    public void Pass()
    {
        var due = _due.ToList();
        _due.Clear();
        due.ForEach(elapsed => elapsed());
    }

    public void PassOldest()
    {
        var oldest = _due[0];
        _due.RemoveAt(0);
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
