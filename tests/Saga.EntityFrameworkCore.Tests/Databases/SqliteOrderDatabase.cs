using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Databases;

internal sealed class SqliteOrderDatabase : IOrderDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("saga-ef-tests-");

    private string ConnectionString => $"Data Source={Path.Combine(_folder.FullName, "orders.db")}";

    public static async Task<SqliteOrderDatabase> CreateAsync()
    {
        var database = new SqliteOrderDatabase();
        await OrderDbContext.CreateTablesAsync(database);
        return database;
    }

    public void Use(DbContextOptionsBuilder options) => options.UseSqlite(ConnectionString);

    /// <summary>The same with more to say in the connection string.</summary>
    public DbContextOptionsBuilder Use(DbContextOptionsBuilder options, string more) => options.UseSqlite($"{ConnectionString};{more}");

    public async ValueTask DisposeAsync()
    {
        await using (var ours = new SqliteConnection(ConnectionString))
        {
            SqliteConnection.ClearPool(ours);
        }

        _folder.Delete(recursive: true);
    }
}
