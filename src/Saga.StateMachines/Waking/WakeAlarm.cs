namespace Saga.StateMachines.Waking;

/// <summary>Lets the poller of due nodes sleep until the next moment this process knows of, and no longer than its interval.</summary>
public sealed class WakeAlarm(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _rung = New();
    private DateTimeOffset _next = DateTimeOffset.MaxValue;

    /// <summary>Somebody waits for that moment.</summary>
    public void RingAt(DateTimeOffset moment)
    {
        lock (_lock)
        {
            if (moment >= _next)
                return;
            _next = moment;
            _rung.TrySetResult();
        }
    }

    /// <summary>Waits until the nearest moment anybody named since the last wait ended, or until <paramref name="latest"/>.</summary>
    public async Task WaitAsync(DateTimeOffset latest, CancellationToken cancellationToken)
    {
        RingAt(latest);
        while (true)
        {
            Task rung;
            TimeSpan left;
            lock (_lock)
            {
                left = _next - clock.GetUtcNow();
                if (left <= TimeSpan.Zero)
                {
                    _next = DateTimeOffset.MaxValue;
                    return;
                }

                if (_rung.Task.IsCompleted)
                    _rung = New();
                rung = _rung.Task;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(rung, Task.Delay(left, clock, stop.Token));
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
