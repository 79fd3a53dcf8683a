namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// How outbox rows are delivered and swept, and how long the inbox remembers. Every value is checked when the host starts. One set of options
/// serves all contexts of a process.
/// </summary>
public sealed class OutboxOptions
{
    /// <summary>How often rows left behind are looked for. Default 2 s; 100 ms to 1 day.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a row is left to the process that wrote it before a sweep may take it. Default 8 s; longer than <see cref="DeliveryTimeout"/>, up
    /// to 1 day. It is counted from just before the commit, so what it has beyond <see cref="DeliveryTimeout"/> is for the commit itself and for
    /// clocks that differ: a row is then never swept while its writer may still be delivering it, which would send its message twice.
    /// </summary>
    public TimeSpan SweepGrace { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// How long a sweep has for the rows it took before another may take them. Default 30 s; longer than <see cref="DeliveryTimeout"/>, up to 1 day.
    /// </summary>
    public TimeSpan SweepLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The longest a row that sweeps could not deliver waits for the next one. It waits for <see cref="SweepLease"/> at first, then twice as long
    /// each time, up to this. Default 10 minutes; 1 s to 1 day. When it is not longer than <see cref="SweepLease"/>, the wait does not grow.
    /// </summary>
    public TimeSpan SweepBackOff { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long a message may be due and not delivered before the health check of <c>AddOutboxHealthCheck</c> is degraded. Default 1 minute; 1 s
    /// to 1 day.
    /// </summary>
    public TimeSpan OverdueLimit { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many rows one sweep takes. Default 200; 1 to 10,000.</summary>
    public int SweepLimit { get; set; } = 200;

    /// <summary>How long a delivery may wait for the broker before the row is left to a sweep. Default 5 s; 1 ms to 1 hour.</summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// True when no other process uses this table, as in the embedded mode: rows found at the start then have no living writer, and the first
    /// sweep takes them all without waiting for their grace.
    /// </summary>
    public bool SingleProcess { get; set; }

    /// <summary>
    /// Messages that must outlive a queue in memory: each keeps its row until the endpoint that takes it, with the outbox of the same context, has committed,
    /// and is sent again by the next start while it has one. Name only what such an endpoint takes, because nothing else deletes the rows. Needs
    /// <see cref="SingleProcess"/>. Default none.
    /// </summary>
    public ISet<Type> KeptUntilHandled { get; } = new HashSet<Type>();

    /// <summary>
    /// How long the inbox remembers a message: a duplicate that comes within this time does nothing, one that comes later is consumed again.
    /// Default 30 minutes; 1 s to 365 days.
    /// </summary>
    public TimeSpan DuplicateDetectionWindow { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How often the inbox forgets what is older than its window. Default 1 minute; 100 ms to 1 day.</summary>
    public TimeSpan InboxCleanupInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many rows one statement of the inbox cleanup deletes. Default 1,000; 1 to 10,000.</summary>
    public int InboxCleanupLimit { get; set; } = 1000;
}
