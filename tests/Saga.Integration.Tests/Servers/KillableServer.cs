namespace Saga.Integration.Tests.Servers;

/// <summary>
/// A PostgreSQL or RabbitMQ for one test alone, which may kill it. Its address and its data stay the same over kill and start.
/// </summary>
public sealed class KillableServer : IAsyncDisposable
{
    private const string StartPostgres = "start-postgres";
    private const string StartRabbitMq = "start-rabbitmq";
    private const string Kill = "kill";
    private const string Settle = "settle";

    private readonly string _startScript;
    private readonly string _folder;
    private bool _isSettled;

    private KillableServer(string startScript, string folder, string address)
    {
        _startScript = startScript;
        _folder = folder;
        Address = address;
    }

    /// <summary>An Npgsql connection string, or an amqp:// URI.</summary>
    public string Address { get; }

    /// <summary>Whether it was neither killed nor frozen since it was started.</summary>
    public bool IsServing { get; private set; } = true;

    /// <summary>A shell command by which another program can kill it, settled, and start it again.</summary>
    public string RestartCommand => string.Join(
        " && ",
        ((string[])[.. _startScript == StartRabbitMq ? [Settle] : Array.Empty<string>(), Kill, _startScript])
            .Select(script => $"'{Repository.PathOf("tests", "servers", script)}' '{_folder}'"));

    public static Task<KillableServer> StartPostgresAsync() => StartOrSkipAsync(StartPostgres);

    public static Task<KillableServer> StartRabbitMqAsync() => StartOrSkipAsync(StartRabbitMq);

    /// <summary>Every process of the server ends at once, as in a power cut.</summary>
    public async Task KillAsync()
    {
        if (!_isSettled)
        {
            await SettleAsync();
        }

        await EndAsync();
    }

    /// <summary>Kills it without settling it first, for example because it is frozen.</summary>
    internal async Task EndAsync()
    {
        IsServing = false;
        await ServerScript.RunAsync(Kill, _folder);
        _isSettled = false;
    }

    /// <summary>
    /// Returns once the server would survive a kill, which may take seconds. <see cref="KillAsync"/> does so first; do it before, when what you
    /// kill must not have the time to finish, and declare no queues any more.
    /// </summary>
    public async Task SettleAsync()
    {
        if (_startScript == StartRabbitMq)
        {
            // See the script for what a RabbitMQ that is killed right after the declaration of a queue does to it.
            await ServerScript.RunAsync(Settle, _folder);
        }

        _isSettled = true;
    }

    /// <summary>It keeps its connections, but answers nothing any more, as when its machine hangs. Settle it first, and kill it then.</summary>
    public Task FreezeAsync()
    {
        IsServing = false;
        return ServerScript.RunAsync("freeze", _folder);
    }

    /// <summary>Serves the same data at the same address again, and returns once it does.</summary>
    public async Task StartAgainAsync()
    {
        await ServerScript.RunAsync(_startScript, _folder);
        IsServing = true;
    }

    public async ValueTask DisposeAsync() => await ServerScript.RunAsync("stop", _folder);

    internal static Task<KillableServer> StartSharedPostgresAsync() => StartAsync(StartPostgres);

    internal static Task<KillableServer> StartSharedRabbitMqAsync() => StartAsync(StartRabbitMq);

    /// <summary>What a server leaves for others to read in its folder.</summary>
    internal string ReadFile(string name) => File.ReadAllText(Path.Combine(_folder, name)).Trim();

    private static async Task<KillableServer> StartAsync(string startScript)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"saga-test-{Guid.NewGuid():N}");
        return new KillableServer(startScript, folder, await ServerScript.RunAsync(startScript, folder));
    }

    private static async Task<KillableServer> StartOrSkipAsync(string startScript)
    {
        try
        {
            return await StartAsync(startScript);
        }
        catch (ServerUnavailableException unavailable)
        {
            // Where servers are given by environment variables there may be none that a test could kill.
            Assert.Skip(unavailable.Message);
            throw;
        }
    }
}
