using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Saga.EntityFrameworkCore.Tests.Databases;

internal sealed class PostgresOrderDatabase : IOrderDatabase
{
    private TestDatabase _database = null!;
    private PostgresUse _use = null!;

    public static async Task<PostgresOrderDatabase> CreateAsync(string server, PostgresUse use)
    {
        var orders = new PostgresOrderDatabase { _database = await TestDatabase.CreateAsync(server), _use = use };
        await OrderDbContext.CreateTablesAsync(orders);
        return orders;
    }

    public void Use(DbContextOptionsBuilder options)
    {
        var address = _database.ConnectionString + (_use.Connections is { } connections ? $";Maximum Pool Size={connections};Timeout=5" : "");
        if (_use.OpensThem)
        {
            options.UseNpgsql(address);
            return;
        }

#pragma warning disable CA2000 // The context disposes of it.
        var connection = new NpgsqlConnection(address);
#pragma warning restore CA2000
        connection.Open();
        options.UseNpgsql(connection, contextOwnsConnection: true);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
