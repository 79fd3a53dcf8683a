namespace Saga.EntityFrameworkCore.Outbox;

/// <summary>
/// How long a sweep keeps a row from the others, by how many sweeps took it before: the first for <see cref="OutboxOptions.SweepLease"/>, each
/// after that for twice as long. A row that cannot be delivered is thereby tried less and less often, and leaves room for those that can.
/// </summary>
internal static class SweepLeases
{
    /// <summary>What a sweep gives. A silent broker is no fault of a row, so its lease does not grow by that.</summary>
    public static IReadOnlyList<TimeSpan> Given(OutboxOptions options, bool isSilent) => isSilent ? [options.SweepLease] : Of(options);

    /// <summary>Each different lease in turn; the last one stays.</summary>
    public static IReadOnlyList<TimeSpan> Of(OutboxOptions options)
    {
        var leases = new List<TimeSpan> { options.SweepLease };
        while (leases[^1] < options.SweepBackOff)
            leases.Add(leases[^1] * 2 < options.SweepBackOff ? leases[^1] * 2 : options.SweepBackOff);
        return leases;
    }

    public static TimeSpan Longest(OutboxOptions options) => Of(options)[^1];

    /// <summary>How long a row that so many sweeps took has been kept in all.</summary>
    public static TimeSpan Total(OutboxOptions options, int attempts)
    {
        var leases = Of(options);
        var each = leases.Take(attempts).Aggregate(TimeSpan.Zero, (sum, lease) => sum + lease);
        return each + leases[^1] * Math.Max(0, attempts - leases.Count);
    }
}
