using Xunit;

namespace Saga.Worker.Tests.Api.Support;

/// <summary>One embedded worker for all API tests: each uses runs of its own.</summary>
[CollectionDefinition(nameof(OneWorker))]
public sealed class OneWorker : ICollectionFixture<SharedWorker>;

public sealed class SharedWorker : IAsyncLifetime
{
    public EmbeddedWorker Worker { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Worker = await EmbeddedWorker.StartAsync();

    public ValueTask DisposeAsync() => Worker.DisposeAsync();
}
