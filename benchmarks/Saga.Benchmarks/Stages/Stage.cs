using Saga.Benchmarks.Databases;
using Saga.Benchmarks.Load;
using Saga.Benchmarks.Servers;
using Saga.Benchmarks.Workers;

#pragma warning disable CA2000 // The stage owns its parts and takes them down.
namespace Saga.Benchmarks.Stages;

/// <summary>Everything that is measured and what watches it, taken down in the end.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const int DefaultAmqpPort = 5672;

    // Taken down in the reverse order.
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly List<WorkerProcess> _workers = [];
    private readonly List<LocalServer> _servers = [];

    private Stage() => Folder = Add(new ScratchFolder()).Directory;

    public EndedRuns EndedRuns { get; } = new();

    /// <summary>For databases and logs.</summary>
    public DirectoryInfo Folder { get; }

    /// <summary>Null where nothing is stored.</summary>
    public IBenchmarkDatabase? Database { get; private set; }

    public IRunStarter Starter { get; private set; } = null!;

    public IReadOnlyList<WorkerProcess> Workers => _workers;

    public IReadOnlyList<LocalServer> Servers => _servers;

    /// <summary>Sets a stage; when building it fails, what is there already is taken down.</summary>
    public static async Task<Stage> SetAsync(Func<Stage, Task> build)
    {
        var stage = new Stage();
        try
        {
            await build(stage);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public void Use(IBenchmarkDatabase database)
    {
        Database = Add(database);
        Watch("postgres", database.LocalPort);
    }

    public void Use(IRunStarter starter) => Starter = Add(starter);

    /// <summary>Makes sure that the stage is alone on its broker, and connects the client.</summary>
    /// <returns>The address to use.</returns>
    public async Task<Uri> JoinAsync(Uri broker, Uri? management, CancellationToken cancellation)
    {
        if (management is null)
            await BrokerGuard.EnsureUnusedAsync(broker, cancellation);
        else
            broker = Add(await VirtualHost.CreateAsync(broker, management, cancellation)).Address;

        Watch("rabbitmq", broker.IsLoopback ? broker.IsDefaultPort ? DefaultAmqpPort : broker.Port : null);
        Use(await BrokerClient.ConnectAsync(broker, EndedRuns, cancellation));
        return broker;
    }

    /// <summary>Starts so many processes with the same command.</summary>
    /// <returns>The last of them.</returns>
    public async Task<WorkerProcess> StartAsync(string name, int count, IEnumerable<string> command, CancellationToken cancellation)
    {
        for (var number = 1; number <= count; number++)
        {
            var worker = await WorkerProcess.StartAsync(count == 1 ? name : $"{name}-{number}", Folder, EndedRuns, command, cancellation);
            _workers.Add(Add(worker));
        }

        return _workers[^1];
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
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
