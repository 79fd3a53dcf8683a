namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>How outbox rows are delivered and swept.</summary>
public sealed class OutboxOptions
{
    /// <summary>How often rows left behind are looked for. Default 2 s; at least 100 ms.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a row is left to the process that wrote it before a sweep may take it. Default 5 s.</summary>
    public TimeSpan SweepGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a sweep has for the rows it took before another may take them. Default 30 s.</summary>
    public TimeSpan SweepLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many rows one sweep takes. Default 200; 1 to 10,000.</summary>
    public int SweepLimit { get; set; } = 200;

    /// <summary>How long a delivery may wait for the broker before the row is left to a sweep. Default 10 s.</summary>
    public TimeSpan DeliveryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// True when no other process uses this table, as in the embedded mode: rows found at the start then have no living writer, and the first
    /// sweep takes them all without waiting for their grace.
    /// </summary>
    public bool SingleProcess { get; set; }
}
