using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Databases;

internal sealed class PostgresOrderDatabase(TestDatabase database) : IOrderDatabase
{
    public static async Task<PostgresOrderDatabase> CreateAsync(string server)
    {
        var database = new PostgresOrderDatabase(await TestDatabase.CreateAsync(server));
        await OrderDbContext.CreateTablesAsync(database);
        return database;
    }

    public void Use(DbContextOptionsBuilder options) => options.UseNpgsql(database.ConnectionString);

    public ValueTask DisposeAsync() => database.DisposeAsync();
}
