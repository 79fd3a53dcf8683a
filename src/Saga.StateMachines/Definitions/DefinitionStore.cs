using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Databases;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Definitions;

/// <summary>The registered definitions. A version never changes, so each process reads one once; which is the latest is asked each time.</summary>
public sealed class DefinitionStore(IServiceScopeFactory scopes, DatabaseWrites<RunDbContext> writes, PlanStore plans, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string Kind, int Version), StoredDefinition> _known = new();

    /// <summary>The definition of that kind and version, or the latest when the version is null; null when there is none.</summary>
    public async Task<StoredDefinition?> FindAsync(string kind, int? version, CancellationToken cancellationToken)
    {
        // Nothing else is ever registered, and a database need not bear a kind that is no name.
        if (!StepNames.IsValid(kind))
            return null;

        if (version is { } number && _known.TryGetValue((kind, number), out var known))
            return known;

        await using var scope = scopes.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<RunDbContext>().Definitions.AsNoTracking()
            .Where(definition => definition.Kind == kind && (version == null || definition.Version == version))
            .OrderByDescending(definition => definition.Version)
            .FirstOrDefaultAsync(cancellationToken);
        if (found is not null)
            _known[(kind, found.Version)] = found;
        return found;
    }

    /// <summary>All of them, by kind and version.</summary>
    public async Task<IReadOnlyList<StoredDefinition>> ListAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunDbContext>().Definitions.AsNoTracking()
            .OrderBy(definition => definition.Kind).ThenBy(definition => definition.Version)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Registers a version. Registering the same again is harmless.</summary>
    /// <returns>What is registered now: another plan than the given one when the version was taken before.</returns>
    public async Task<StoredDefinition> RegisterAsync(string kind, int version, Plan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        await plans.AddAsync(plan, cancellationToken);
        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        var now = clock.GetUtcNow().UtcDateTime;
        await writes.RunAsync(
            token => dbContext.Database.ExecuteSqlAsync(
                $"INSERT INTO saga_definitions (kind, version, plan_hash, created_at) VALUES ({kind}, {version}, {plan.Hash}, {now}) ON CONFLICT (kind, version) DO NOTHING",
                token),
            cancellationToken);
        return (await FindAsync(kind, version, cancellationToken))!;
    }
}
