using Saga.Benchmarks.Databases;
using Saga.Benchmarks.Load;
using Saga.Benchmarks.Servers;
using Saga.Benchmarks.Workers;

namespace Saga.Benchmarks.Throughput;

/// <summary>Everything that is measured, set up as the settings say and taken down again.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const int DefaultAmqpPort = 5672;

    // Taken down in the reverse order.
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly List<WorkerProcess> _workers = [];
    private readonly List<LocalServer> _servers = [];

    public EndedRuns EndedRuns { get; } = new();

    public IBenchmarkDatabase Database { get; private set; } = null!;

    public IRunStarter Starter { get; private set; } = null!;

    public IReadOnlyList<WorkerProcess> Workers => _workers;

    public IReadOnlyList<LocalServer> Servers => _servers;

    public static async Task<Stage> SetAsync(ThroughputSettings settings, CancellationToken cancellation)
    {
        var stage = new Stage();
        try
        {
            await stage.BuildAsync(settings, cancellation);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
    }

#pragma warning disable CA2000 // The stage owns its parts and takes them down.
    private async Task BuildAsync(ThroughputSettings settings, CancellationToken cancellation)
    {
        var folder = Add(new ScratchFolder());
        Database = Add(await DatabaseAsync(settings.Database, folder.Directory, cancellation));
        Watch("postgres", Database.LocalPort);
        List<string> common = [$"--ConnectionStrings:Database={Database.ConnectionString}", $"--ConnectionStrings:Broker={settings.Broker}"];

        if (settings.Broker is not { } broker)
        {
            var embedded = await StartAsync("embedded", "orchestrator,steps,api", 1);
            Starter = Add(new HttpRunStarter(embedded.Address));
            return;
        }

        await BrokerGuard.EnsureUnusedAsync(broker, cancellation);
        Watch("rabbitmq", broker.IsLoopback ? broker.IsDefaultPort ? DefaultAmqpPort : broker.Port : null);
        await StartAsync("orchestrator", "orchestrator", settings.Orchestrators);
        await StartAsync("steps", "steps", settings.Workers);
        Starter = Add(await BrokerClient.ConnectAsync(broker, EndedRuns, cancellation));

        async Task<WorkerProcess> StartAsync(string name, string roles, int count)
        {
            for (var number = 1; number <= count; number++)
            {
                _workers.Add(Add(await WorkerProcess.StartAsync(
                    count == 1 ? name : $"{name}-{number}", folder.Directory, EndedRuns, [.. common, $"--Saga:Roles={roles}"], cancellation)));
            }

            return _workers[^1];
        }
    }
#pragma warning restore CA2000

    private static async Task<IBenchmarkDatabase> DatabaseAsync(string? connectionString, DirectoryInfo folder, CancellationToken cancellation)
    {
        if (connectionString is null)
            return new SqliteDatabase($"Data Source={Path.Combine(folder.FullName, "saga.db")}");
        return connectionString.Contains("Data Source", StringComparison.OrdinalIgnoreCase)
            ? new SqliteDatabase(connectionString)
            : await PostgresDatabase.CreateAsync(connectionString, cancellation);
    }

    private void Watch(string name, int? port)
    {
        if (LocalServer.Find(name, port) is { } server)
            _servers.Add(Add(server));
    }

    private T Add<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }
}
