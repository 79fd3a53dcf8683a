using Saga.Integration.Tests.Servers;

[assembly: AssemblyFixture(typeof(TestServers))]

namespace Saga.Integration.Tests.Servers;

/// <summary>
/// The PostgreSQL and the RabbitMQ that all tests share: those that SAGA_TEST_POSTGRES and SAGA_TEST_RABBITMQ name, otherwise
/// its own. Each test class takes a database and a virtual host of its own from it, because queues and tables have fixed names.
/// A test that kills its server wants a <see cref="KillableServer"/> instead.
/// </summary>
public sealed class TestServers : IAsyncLifetime
{
    private string _postgres = Environment.GetEnvironmentVariable("SAGA_TEST_POSTGRES") ?? "";
    private string _rabbitMq = Environment.GetEnvironmentVariable("SAGA_TEST_RABBITMQ") ?? "";
    private string _management = Environment.GetEnvironmentVariable("SAGA_TEST_RABBITMQ_MANAGEMENT") ?? "";
    private KillableServer? _ownPostgres;
    private KillableServer? _ownRabbitMq;

    public async ValueTask InitializeAsync() => await Task.WhenAll(StartPostgresAsync(), StartRabbitMqAsync());

    /// <summary>A new, empty database, dropped when disposed of.</summary>
    public Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.CreateAsync(_postgres);

    /// <summary>A new, empty virtual host, deleted with all in it when disposed of.</summary>
    public Task<TestVirtualHost> CreateVirtualHostAsync() => TestVirtualHost.CreateAsync(new Uri(_rabbitMq), _management);

    public async ValueTask DisposeAsync()
    {
        if (_ownPostgres is not null)
        {
            await _ownPostgres.DisposeAsync();
        }

        if (_ownRabbitMq is not null)
        {
            await _ownRabbitMq.DisposeAsync();
        }
    }

    private async Task StartPostgresAsync()
    {
        if (_postgres.Length == 0)
        {
            _ownPostgres = await KillableServer.StartSharedPostgresAsync();
            _postgres = _ownPostgres.Address;
        }
    }

    private async Task StartRabbitMqAsync()
    {
        if (_rabbitMq.Length == 0)
        {
            _ownRabbitMq = await KillableServer.StartSharedRabbitMqAsync();
            _rabbitMq = _ownRabbitMq.Address;
            _management = _ownRabbitMq.ReadFile("management-uri");
        }
    }
}
