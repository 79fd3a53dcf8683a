using Microsoft.Data.Sqlite;
using Saga.EntityFrameworkCore.Databases;
using Saga.StateMachines.Persistence;
using Saga.Worker.Hosting;

namespace Saga.Worker.Database;

/// <summary>Brings the database to the version of this program before anything uses it, and waits for it when it is away.</summary>
internal sealed class DatabaseSetup(
    IServiceScopeFactory scopes, WorkerSettings settings, TimeProvider clock, ILogger<DatabaseSetup> logger) : IHostedService, IDisposable
{
    private IDisposable? _lock;

    public Task StartAsync(CancellationToken cancellationToken) =>
        DatabasePatience.DoAsync(SetUpAsync, settings.DatabaseName, clock, logger, cancellationToken);

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
                _lock ??= await PostgresLock.TakeAsync(settings.Database, settings.DatabaseName, cancellationToken);
        }
        else
        {
            var file = Path.GetFullPath(new SqliteConnectionStringBuilder(settings.Database).DataSource);
            MakeFolder(file);
            if (settings.InMemoryQueues)
                _lock ??= FileLock.Take(file);
            await SqliteTables.MakeAsync(dbContext, file, cancellationToken);
        }

        logger.DatabaseReady(settings.DatabaseName);
    }

    private static void MakeFolder(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
            [
                $"The folder {folder} cannot be made: {exception.Message.TrimEnd('.')}. A SQLite database needs a folder that this process may write to. "
                + "Make it, or name another database with ConnectionStrings:Database.",
            ]);
        }
    }
}
