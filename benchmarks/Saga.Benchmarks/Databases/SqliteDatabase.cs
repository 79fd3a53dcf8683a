using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Saga.Benchmarks.Workers;
using Saga.StateMachines.Persistence;

namespace Saga.Benchmarks.Databases;

/// <summary>A file that does not exist yet.</summary>
internal sealed class SqliteDatabase : IBenchmarkDatabase
{
    public SqliteDatabase(string connectionString)
    {
        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);
        if (File.Exists(file))
            throw new InvalidOperationException($"The file {file} exists. The benchmark counts rows, so it needs a new one. Name another file.");
        ConnectionString = connectionString;
    }

    public string Kind => "SQLite";

    public string ConnectionString { get; }

    public int? LocalPort => null;

    public DbContextOptions<RunDbContext> Options => new DbContextOptionsBuilder<RunDbContext>().UseSqlite(ConnectionString).Options;

    public IHistoryDialect History { get; } = new SqliteHistory();

    public Task<ServerCounts?> CountAsync(IEnumerable<WorkerProcess> workers, bool workGoesOn, CancellationToken cancellation) =>
        Task.FromResult<ServerCounts?>(null);

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        return ValueTask.CompletedTask;
    }
}
