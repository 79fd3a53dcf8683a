using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Databases;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Persistence;

/// <summary>
/// Plans by hash. They never change, so each process reads one once; the cache is dropped whole when it grows past its limits, which is
/// simpler than any eviction and costs one read for each plan in use.
/// </summary>
public sealed class PlanStore(IServiceScopeFactory scopes, DatabaseWrites<RunDbContext> writes, TimeProvider clock)
{
    private const int CacheLimit = 1000;

    // A plan of 1 MiB may take a hundred times what a usual one takes.
    private const long CacheLimitBytes = 256 * 1024 * 1024;

    private readonly ConcurrentDictionary<string, Plan> _cache = new(StringComparer.Ordinal);
    private long _cachedBytes;

    /// <summary>The plan with this hash.</summary>
    /// <exception cref="InvalidOperationException">No such plan is stored.</exception>
    public async Task<Plan> GetAsync(string hash, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(hash, out var cached))
            return cached;

        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        var stored = await dbContext.Plans.AsNoTracking().SingleOrDefaultAsync(plan => plan.Hash == hash, cancellationToken)
            ?? throw new InvalidOperationException($"The plan {hash} is not in saga_plans. A run follows it, so its row must have been deleted. Restore it.");
        return Remember(PlanReader.FromStored(stored.Body));
    }

    /// <summary>
    /// Stores a plan unless it is there. This is not part of the caller's transaction: a plan nobody follows does no harm, and two starts with
    /// the same new plan do not conflict.
    /// </summary>
    public async Task AddAsync(Plan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (_cache.ContainsKey(plan.Hash))
            return;

        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        var body = plan.Json;
        var now = clock.GetUtcNow().UtcDateTime;

        // PostgreSQL wants the text called json; SQLite knows no such type and needs none.
        var json = DatabaseKinds.Of(dbContext) == DatabaseKind.Postgres ? "::json" : "";
        var sql = $$"""
            INSERT INTO saga_plans (hash, body, created_at) VALUES ({0}, {1}{{json}}, {2}) ON CONFLICT (hash) DO NOTHING
            """;
#pragma warning disable S2077 // The only formatted part is a cast; every value is a parameter.
        await writes.RunAsync(token => dbContext.Database.ExecuteSqlRawAsync(sql, [plan.Hash, body, now], token), cancellationToken);
#pragma warning restore S2077
        Remember(plan);
    }

    private Plan Remember(Plan plan)
    {
        var bytes = PlanWeight.Of(plan);
        if (_cache.Count >= CacheLimit || Interlocked.Add(ref _cachedBytes, bytes) > CacheLimitBytes)
        {
            _cache.Clear();
            Interlocked.Exchange(ref _cachedBytes, bytes);
        }

        return _cache[plan.Hash] = plan;
    }
}
