using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.Contracts;
using Saga.EntityFrameworkCore.Databases;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.Steps;

/// <summary>
/// Every step ever announced. Names are remembered in this process; a name it does not know is looked up in the database, where another
/// orchestrator may have written it.
/// </summary>
public sealed class StepRegistry(IServiceScopeFactory scopes, DatabaseWrites<RunDbContext> writes, TimeProvider clock)
{
    // Announcements repeat every few seconds; the time of the last one need not be known better than this.
    private static readonly TimeSpan _timePrecision = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (string Description, DateTimeOffset WrittenAt)> _written = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.Ordinal);

    /// <summary>Those of <paramref name="names"/> that were never announced.</summary>
    public async Task<IReadOnlySet<string>> FindUnknownAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var unknown = names.Where(name => !_known.ContainsKey(name)).ToHashSet(StringComparer.Ordinal);
        if (unknown.Count == 0)
            return unknown;

        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        var wanted = unknown.ToList();
        foreach (var name in await dbContext.KnownSteps.Where(step => wanted.Contains(step.Name)).Select(step => step.Name).ToListAsync(cancellationToken))
        {
            _known[name] = true;
            unknown.Remove(name);
        }

        return unknown;
    }

    /// <summary>The names of all announced steps.</summary>
    public async Task<IReadOnlyCollection<string>> AllNamesAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunDbContext>().KnownSteps.Select(step => step.Name).ToListAsync(cancellationToken);
    }

    /// <summary>Remembers what a worker announced. Writes only what is new, has changed, or is older than a minute.</summary>
    public async Task RememberAsync(IReadOnlyCollection<AnnouncedStep> steps, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var news = steps.Where(step => IsNews(step, now)).ToList();
        if (news.Count == 0)
            return;

        while (!await TryWriteAsync(news, now, cancellationToken))
        {
            // Somebody else announced one of them for the first time just now: its row is found in the next look.
        }

        foreach (var step in news)
        {
            _written[step.Name] = (Describe(step), now);
            _known[step.Name] = true;
        }
    }

    private async Task<bool> TryWriteAsync(List<AnnouncedStep> news, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        try
        {
            await writes.RunAsync(token => UpsertAsync(dbContext, news, now, token), cancellationToken);
            return true;
        }
        catch (DbUpdateException exception) when (DatabaseFailure.IsConflict(exception))
        {
            return false;
        }
    }

    private static async Task<int> UpsertAsync(RunDbContext dbContext, List<AnnouncedStep> news, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var names = news.ConvertAll(step => step.Name);
        var stored = await dbContext.KnownSteps.Where(step => names.Contains(step.Name)).ToDictionaryAsync(step => step.Name, StringComparer.Ordinal, cancellationToken);
        foreach (var step in news)
        {
            if (!stored.TryGetValue(step.Name, out var row))
            {
                row = new KnownStep { Name = step.Name, FirstAnnouncedAt = now };
                dbContext.Add(row);
                stored[step.Name] = row;
            }

            row.Compensates = step.Compensates;
            row.InputSchema = step.InputSchema?.GetRawText();
            row.OutputSchema = step.OutputSchema?.GetRawText();
            row.LastAnnouncedAt = now;
        }

        return await dbContext.SaveChangesAsync(cancellationToken);
    }

    private static string Describe(AnnouncedStep step) => JsonSerializer.Serialize(step);

    private bool IsNews(AnnouncedStep step, DateTimeOffset now) =>
        !_written.TryGetValue(step.Name, out var written)
        || now - written.WrittenAt >= _timePrecision
        || written.Description != Describe(step);
}
