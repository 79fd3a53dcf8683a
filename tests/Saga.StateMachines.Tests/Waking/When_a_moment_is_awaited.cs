using Saga.EntityFrameworkCore.Tests.Running;
using Saga.StateMachines.Waking;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Waking;

public sealed class When_a_moment_is_awaited
{
    private readonly SteppedClock _clock = new();
    private readonly WakeAlarm _alarm;

    public When_a_moment_is_awaited() => _alarm = new WakeAlarm(_clock);

    [Fact]
    public async Task It_ends_at_the_latest_moment_when_nobody_names_an_earlier_one()
    {
        var wait = WaitAsync(5);
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        wait.IsCompleted.ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(0.1));

        await wait.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task It_ends_earlier_for_whoever_names_an_earlier_moment_meanwhile()
    {
        var wait = WaitAsync(5);
        _alarm.RingAt(In(3));
        _alarm.RingAt(In(1));
        _alarm.RingAt(In(2));
        await SeeTimerAsync();
        wait.IsCompleted.ShouldBeFalse();

        await AdvanceUntilAsync(wait, seconds: 1);
    }

    [Fact]
    public async Task A_moment_that_was_named_before_counts_too()
    {
        _alarm.RingAt(In(1));
        var wait = WaitAsync(5);

        await AdvanceUntilAsync(wait, seconds: 1);
        wait.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task A_moment_that_has_passed_ends_it_at_once()
    {
        var wait = WaitAsync(5);
        _alarm.RingAt(In(-1));
        await wait.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);

        _alarm.RingAt(In(-1));
        WaitAsync(5).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task A_moment_counts_once()
    {
        _alarm.RingAt(In(-1));
        await WaitAsync(5);

        WaitAsync(5).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Somebody_may_stop_it()
    {
        using var stop = new CancellationTokenSource();
        var wait = _alarm.WaitAsync(In(5), stop.Token);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => wait.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken));
        _clock.Waiting.ShouldBe(0);
    }

    private DateTimeOffset In(double seconds) => _clock.GetUtcNow().AddSeconds(seconds);

    private Task WaitAsync(double seconds) => _alarm.WaitAsync(In(seconds), TestContext.Current.CancellationToken);

    private async Task SeeTimerAsync()
    {
        while (_clock.Waiting == 0)
            await Task.Yield();
    }

    private async Task AdvanceUntilAsync(Task wait, double seconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        await wait.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
    }
}
