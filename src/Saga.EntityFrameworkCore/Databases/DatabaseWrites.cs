using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Saga.EntityFrameworkCore.Databases;

/// <summary>
/// Lets writes through to the database. PostgreSQL takes them as they come. SQLite has one writer at a time and makes the others poll for
/// its lock, so there they queue here instead.
/// </summary>
/// <typeparam name="TDbContext">The context that names the database.</typeparam>
/// <param name="scopes">Where a context can be had, to see what database it is.</param>
public sealed class DatabaseWrites<TDbContext>(IServiceScopeFactory scopes)
    where TDbContext : DbContext
{
    // Never disposed of: it holds nothing of the system's, and a write that outlives the host's patience must not fail after its commit.
    private readonly Lazy<SemaphoreSlim?> _oneAtATime = new(() =>
    {
        using var scope = scopes.CreateScope();
        return DatabaseKinds.Of(scope.ServiceProvider.GetRequiredService<TDbContext>()) == DatabaseKind.Sqlite ? new SemaphoreSlim(1) : null;
    });

    /// <summary>Runs <paramref name="write"/> when it is its turn.</summary>
    /// <typeparam name="T">What the write returns.</typeparam>
    /// <param name="write">The write: short, and without waiting for anything but the database.</param>
    /// <param name="cancellationToken">Gives up waiting, and is handed to the write.</param>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        if (_oneAtATime.Value is not { } turn)
            return await write(cancellationToken);

        await turn.WaitAsync(cancellationToken);
        try
        {
            return await write(cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }
}
