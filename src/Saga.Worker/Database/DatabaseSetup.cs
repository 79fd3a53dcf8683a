using Microsoft.Data.Sqlite;
using Npgsql;
using Saga.EntityFrameworkCore.Databases;
using Saga.StateMachines.Persistence;
using Saga.Worker.Hosting;

namespace Saga.Worker.Database;

/// <summary>Brings the database to the version of this program before anything uses it, and waits for it when it is away.</summary>
internal sealed class DatabaseSetup(
    IServiceScopeFactory scopes, WorkerSettings settings, TimeProvider clock, ILogger<DatabaseSetup> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);

    private IDisposable? _lock;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await SetUpAsync(cancellationToken);
                return;
            }
            catch (Exception exception) when (DatabaseFailure.IsTransient(exception) && !cancellationToken.IsCancellationRequested)
            {
                logger.DatabaseAway(Where(), _pause.TotalSeconds, exception.GetBaseException().Message);
                await Task.Delay(_pause, clock, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _lock?.Dispose();

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        if (settings.DatabaseKind == DatabaseKind.Postgres)
        {
            // The migration makes the database where there is none; only then can it be locked.
            await PostgresMigration.RunAsync(dbContext, cancellationToken);
            if (settings.InMemoryQueues)
                _lock ??= await PostgresLock.TakeAsync(settings.Database, Where(), cancellationToken);
        }
        else
        {
            var file = Path.GetFullPath(new SqliteConnectionStringBuilder(settings.Database).DataSource);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (settings.InMemoryQueues)
                _lock ??= FileLock.Take(file);
            await SqliteTables.MakeAsync(dbContext, file, cancellationToken);
        }

        logger.DatabaseReady(Where());
    }

    // Never the whole connection string: it may hold a password.
    private string Where()
    {
        if (settings.DatabaseKind == DatabaseKind.Sqlite)
            return Path.GetFullPath(new SqliteConnectionStringBuilder(settings.Database).DataSource);
        var postgres = new NpgsqlConnectionStringBuilder(settings.Database);
        return $"PostgreSQL {postgres.Host}:{postgres.Port}/{postgres.Database}";
    }
}
