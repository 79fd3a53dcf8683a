using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Saga.EntityFrameworkCore.Databases;
using Saga.StateMachines.Persistence;
using Saga.Worker.Hosting;

namespace Saga.Worker.Database;

/// <summary>Brings the database to the version of this program before anything uses it, and waits for it when it is away.</summary>
internal sealed class DatabaseSetup(
    IServiceScopeFactory scopes, WorkerSettings settings, TimeProvider clock, ILogger<DatabaseSetup> logger) : IHostedService
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);

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

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        if (settings.DatabaseKind == DatabaseKind.Postgres)
        {
            await dbContext.Database.MigrateAsync(cancellationToken);
        }
        else
        {
            CreateFolder();
            await dbContext.Database.EnsureCreatedAsync(cancellationToken);
        }

        logger.DatabaseReady(Where());
    }

    private void CreateFolder()
    {
        var file = new SqliteConnectionStringBuilder(settings.Database).DataSource;
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
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
