using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Databases;

internal sealed class PostgresOrderDatabase : IOrderDatabase
{
    private TestDatabase _database = null!;

    public static async Task<PostgresOrderDatabase> CreateAsync(string server)
    {
        var orders = new PostgresOrderDatabase();
        orders._database = await TestDatabase.CreateAsync(server);
        await OrderDbContext.CreateTablesAsync(orders);
        return orders;
    }

    public void Use(DbContextOptionsBuilder options) => options.UseNpgsql(_database.ConnectionString);

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
