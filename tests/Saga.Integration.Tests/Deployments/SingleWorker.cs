using Saga.Integration.Tests.Servers;

namespace Saga.Integration.Tests.Deployments;

/// <summary>One process with every role, shared by the tests of a class that do it no harm.</summary>
public sealed class SingleWorker(TestServers servers) : IAsyncLifetime
{
    public Deployment Deployment { get; private set; } = null!;

    public RunApi Api { get; private set; } = null!;

    public Uri Broker => Deployment.Broker;

    public string Output => Deployment.Output;

    public async ValueTask InitializeAsync()
    {
        Deployment = await Deployment.CreateAsync(servers);
        Api = new RunApi(await Deployment.StartAsync(Deployment.Orchestrator, Deployment.Steps, Deployment.Api));
    }

    public ValueTask DisposeAsync() => Deployment.DisposeAsync();
}
