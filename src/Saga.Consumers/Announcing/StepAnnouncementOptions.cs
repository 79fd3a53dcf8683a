namespace Saga.Consumers;

/// <summary>How a worker announces its steps.</summary>
public sealed class StepAnnouncementOptions
{
    internal const string Rule =
        "StepAnnouncementOptions.Interval is out of range. It must be from 1 second to 1 hour. Leave it out for the default of 10 seconds.";

    internal static TimeSpan Shortest { get; } = TimeSpan.FromSeconds(1);

    internal static TimeSpan Longest { get; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The time between two announcements: 1 second to 1 hour, 10 seconds by default. An orchestrator that starts later knows the
    /// worker's steps after this time. Runs in flight do not depend on it.
    /// </summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);
}
