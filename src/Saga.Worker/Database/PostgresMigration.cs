using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Saga.StateMachines.Persistence;

namespace Saga.Worker.Database;

/// <summary>
/// Brings a PostgreSQL database to the version of this program, one process at a time. The lock of Entity Framework Core is not enough: it ends with each
/// migration's transaction, and the next process goes by what it had read before.
/// </summary>
internal static class PostgresMigration
{
    // The key is any number that nobody else in the database takes; PostgresLock has the one before.
    private const string Lock = "SELECT pg_advisory_lock(5080736148)";
    private const string Unlock = "SELECT pg_advisory_unlock(5080736148)";

    public static async Task RunAsync(RunDbContext dbContext, CancellationToken cancellationToken)
    {
        await CreateDatabaseAsync(dbContext, cancellationToken);
        await dbContext.Database.OpenConnectionAsync(cancellationToken);
        await dbContext.Database.ExecuteSqlRawAsync(Lock, cancellationToken);
        try
        {
            await dbContext.Database.MigrateAsync(cancellationToken);
        }
        finally
        {
            // A connection that goes back to the pool keeps its locks.
            if (dbContext.Database.GetDbConnection().State == ConnectionState.Open)
                await dbContext.Database.ExecuteSqlRawAsync(Unlock, CancellationToken.None);
        }
    }

    private static async Task CreateDatabaseAsync(RunDbContext dbContext, CancellationToken cancellationToken)
    {
        var creator = dbContext.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken))
            return;
        try
        {
            await creator.CreateAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process was faster.
        }
    }
}
