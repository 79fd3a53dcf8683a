namespace Saga.Integration.Tests.Servers;

/// <summary>The tests of this collection kill one RabbitMQ, one after the other, each on a virtual host of its own: to start it takes longer than to kill it.</summary>
[CollectionDefinition(nameof(MortalBroker))]
public sealed class MortalBroker : ICollectionFixture<MortalBroker>, IAsyncDisposable
{
    private KillableServer? _server;

    /// <summary>The broker, alive, whatever the test before did to it.</summary>
    public async Task<KillableServer> ReviveAsync()
    {
        if (_server is null)
            _server = await KillableServer.StartRabbitMqAsync();
        else if (!_server.IsServing)
            await ReviveAsync(_server);
        return _server;
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task ReviveAsync(KillableServer server)
    {
        await server.EndAsync();
        await server.StartAgainAsync();
    }
}
