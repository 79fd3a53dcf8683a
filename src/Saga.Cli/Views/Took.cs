namespace Saga.Cli.Views;

/// <summary>Time spans for people.</summary>
internal static class Took
{
    /// <summary>From start to end, or to now where there is no end yet; nothing where there is no start.</summary>
    public static string Between(DateTimeOffset? start, DateTimeOffset? end, DateTimeOffset now) =>
        start is { } from ? Of((end ?? now) - from) : "";

    public static string Ago(DateTimeOffset? moment, DateTimeOffset now) => moment is { } past ? Of(now - past) + " ago" : "";

    /// <summary>The same in the largest unit alone, for lists.</summary>
    public static string RoughlyAgo(DateTimeOffset? moment, DateTimeOffset now) => moment is not { } past ? "" : (now - past) switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalMinutes: < 1 } span => $"{span.Seconds} s ago",
        { TotalHours: < 1 } span => $"{span.Minutes} min ago",
        { TotalDays: < 1 } span => $"{span.Hours} h ago",
        var span => $"{span.Days} d ago",
    };

    public static string Of(TimeSpan span) => span switch
    {
        // The server's clock may be ahead of this one.
        { Ticks: <= 0 } => "0 ms",
        { TotalSeconds: < 1 } => $"{span.TotalMilliseconds:0} ms",
        { TotalMinutes: < 1 } => $"{span.TotalSeconds:0.0} s",
        { TotalHours: < 1 } => $"{span.Minutes} min {span.Seconds:00} s",
        { TotalDays: < 1 } => $"{span.Hours} h {span.Minutes:00} min",
        _ => $"{span.Days} d {span.Hours:00} h",
    };
}
