using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Delivery;

public sealed class When_the_host_stops_while_a_message_is_delivered(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task Its_row_is_deleted_so_that_nobody_delivers_it_again(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, new HostSettings
        {
            Outbox = options =>
            {
                // However long the host takes to stop, the delivery does not give up.
                options.DeliveryTimeout = TimeSpan.FromMinutes(5);
                options.SweepGrace = options.SweepLease = TimeSpan.FromMinutes(10);
                options.SweepInterval = TimeSpan.FromHours(1);
            },
        });
        var delivering = new TaskCompletionSource();
        var busStops = new BusStops();
        using var observing = host.Harness.Bus.ConnectReceiveEndpointObserver(busStops);
        host.Traffic.OnDelivery = async message =>
        {
            if (message is PackOrder)
            {
                delivering.SetResult();
                await busStops.Seen;
            }
        };
        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await delivering.Task;

        await host.StopAsync(CancellationToken.None);

        (await host.CountOutboxAsync()).ShouldBe(0);
    }

    /// <summary>The last moment a message can be delivered: the services of the outbox have stopped by then.</summary>
    private sealed class BusStops : IReceiveEndpointObserver
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Seen => _seen.Task;

        public Task Ready(ReceiveEndpointReady ready) => Task.CompletedTask;

        public Task Stopping(ReceiveEndpointStopping stopping)
        {
            _seen.TrySetResult();
            return Task.CompletedTask;
        }

        public Task Completed(ReceiveEndpointCompleted completed) => Task.CompletedTask;

        public Task Faulted(ReceiveEndpointFaulted faulted) => Task.CompletedTask;
    }
}
