using System.Threading.Channels;

namespace Saga.Consumers.Tests.Support;

/// <summary>Time that passes only when a test fires a timer. Timers are handed over in the order they were made.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly Channel<FakeTimer> timers = Channel.CreateUnbounded<FakeTimer>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(() => callback(state), dueTime, period);
        timers.Writer.TryWrite(timer);
        return timer;
    }

    public async Task<FakeTimer> NextTimerAsync(TimeSpan dueTime)
    {
        while (true)
        {
            if (await NextTimerAsync() is var timer && timer.DueTime == dueTime)
                return timer;
        }
    }

    public async Task<FakeTimer> NextTimerAsync() => await timers.Reader.ReadAsync(Patience.Token());
}

internal sealed class FakeTimer(Action fire, TimeSpan dueTime, TimeSpan period) : ITimer
{
    public TimeSpan DueTime { get; } = dueTime;

    public TimeSpan Period { get; } = period;

    public void Fire() => fire();

    public bool Change(TimeSpan dueTime, TimeSpan period) => true;

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
