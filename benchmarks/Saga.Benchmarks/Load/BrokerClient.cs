using MassTransit;
using Saga.Contracts;

namespace Saga.Benchmarks.Load;

/// <summary>Publishes starts and subscribes to their ends, as another service on the broker does.</summary>
internal sealed class BrokerClient : IRunStarter
{
    private const int Prefetch = 200;

    private readonly IBusControl _bus;

    private BrokerClient(IBusControl bus) => _bus = bus;

    public static async Task<BrokerClient> ConnectAsync(Uri broker, EndedRuns endedRuns, CancellationToken cancellation)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker, host => host.ConnectionName("saga-benchmark"));
            rabbit.PrefetchCount = Prefetch;
            rabbit.ReceiveEndpoint(new TemporaryEndpointDefinition(), null, endpoint => endpoint.TellEndedRuns(endedRuns.Tell));
        });
        await bus.StartAsync(cancellation);
        return new BrokerClient(bus);
    }

    public Task StartAsync(StartProvisioning start, CancellationToken cancellation) => _bus.Publish(start, cancellation);

    public async ValueTask DisposeAsync() => await _bus.StopAsync();
}
