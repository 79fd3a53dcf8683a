using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Telemetry;

/// <summary>What was due and not delivered when the sweeper last looked. Gauges and the health check read it here and ask the database nothing.</summary>
internal sealed class OverdueMessages<TDbContext>(IServiceScopeFactory scopes, TimeProvider clock, IOptions<OutboxOptions> options)
    where TDbContext : DbContext
{
    /// <summary>As many rows are looked at, so that a look costs the same however long the broker is away.</summary>
    public const int MostCounted = 10_000;

    private volatile OverdueSnapshot _latest = new(0, null);

    public OverdueSnapshot Latest => _latest;

    public TimeSpan AgeOfOldest => Latest.OldestSince is { } since && clock.GetUtcNow() - since is var age && age > TimeSpan.Zero ? age : TimeSpan.Zero;

    /// <summary>Looks again, with one query that reads its rows by the index on their due time.</summary>
    /// <returns>When the nearest message scheduled for the time until <paramref name="nextLook"/> is due, or has become so meanwhile.</returns>
    public async Task<DateTimeOffset?> LookAsync(DateTimeOffset nextLook, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        // No row that is looked for is due later: one that was tried is leased until then, one that was not is wanted up to the next look.
        var longestLease = now + SweepLeases.Longest(options.Value);
        var latest = nextLook > longestLease ? nextLook : longestLease;
        await using var scope = scopes.CreateAsyncScope();
        var groups = await scope.ServiceProvider.GetRequiredService<TDbContext>().Set<OutboxMessage>()
            .Where(row => row.DueAt <= latest && (row.Attempts > 0 || row.DueAt <= now || (row.ScheduleTokenId != null && row.DueAt < nextLook)))
            .OrderBy(row => row.DueAt)
            .Take(MostCounted)
            .GroupBy(row => new { IsScheduled = row.ScheduleTokenId != null, row.Attempts, IsOverdue = row.Attempts > 0 || row.DueAt <= now })
            .Select(group => new
            {
                group.Key.IsScheduled,
                group.Key.Attempts,
                group.Key.IsOverdue,
                Count = group.Count(),
                CreatedAt = group.Min(row => row.CreatedAt),
                DueAt = group.Min(row => row.DueAt),
            })
            .ToListAsync(cancellationToken);

        var overdue = groups.FindAll(group => group.IsOverdue);
        var since = overdue.Select(group => group.IsScheduled
            ? group.DueAt - SweepLeases.Total(options.Value, group.Attempts)
            : group.CreatedAt);
        _latest = new OverdueSnapshot(overdue.Sum(group => group.Count), overdue.Count == 0 ? null : since.Min());
        return groups.Where(group => group.IsScheduled && group.Attempts == 0).Select(group => (DateTimeOffset?)group.DueAt).Min();
    }
}
