[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Saga.EntityFrameworkCore.Tests.Databases;

/// <summary>The PostgreSQL that all tests share: the one SAGA_TEST_POSTGRES names, otherwise one of its own.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private string _address = Environment.GetEnvironmentVariable("SAGA_TEST_POSTGRES") ?? "";
    private KillableServer? _own;

    public async ValueTask InitializeAsync()
    {
        if (_address.Length > 0)
            return;
        _own = await KillableServer.StartSharedPostgresAsync();
        _address = _own.Address;
    }

    /// <summary>A new database with the tables of <see cref="Orders.OrderDbContext"/>, dropped when disposed of.</summary>
    public async Task<IOrderDatabase> CreateAsync(DatabaseKind kind) => kind == DatabaseKind.Postgres
        ? await CreateAsync(new PostgresUse())
        : await SqliteOrderDatabase.CreateAsync();

    /// <summary>The same on PostgreSQL, used in this way.</summary>
    public async Task<IOrderDatabase> CreateAsync(PostgresUse use) => await PostgresOrderDatabase.CreateAsync(_address, use);

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
            await _own.DisposeAsync();
    }
}
