namespace Saga.Worker.Tests.Cli;

/// <summary>A clock that stands still, except that measuring takes as long as a test says.</summary>
internal sealed class TickingTime : TimeProvider
{
    private long _timestamp;

    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public TimeSpan EachLook { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Interlocked.Add(ref _timestamp, EachLook.Ticks);
}
