using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Saga.EntityFrameworkCore.Outbox;
using Saga.Integration.Tests.Servers;

namespace Saga.Integration.Tests.Outbox;

/// <summary>A service on PostgreSQL and RabbitMQ that has nothing but an outbox, swept all the time.</summary>
internal sealed class LetterBus(IHost host) : IAsyncDisposable
{
    public static async Task<LetterBus> StartAsync(
        TestDatabase database, TestVirtualHost virtualHost, Action<IBusRegistrationContext, IRabbitMqBusFactoryConfigurator> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<LetterDbContext>(options => options.UseNpgsql(database.ConnectionString));
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddConsumer<QuestionConsumer>();
            bus.AddEntityFrameworkOutbox<LetterDbContext>(outbox =>
            {
                outbox.UsePostgres().Configure(options =>
                {
                    options.SweepInterval = TimeSpan.FromMilliseconds(200);
                    options.DeliveryTimeout = TimeSpan.FromSeconds(1);
                    options.SweepGrace = TimeSpan.FromSeconds(2);
                    options.SweepLease = TimeSpan.FromSeconds(2);
                });
                outbox.UseBusOutbox();
            });
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(virtualHost.Uri);
                configure(context, rabbit);
            });
        });
        var host = builder.Build();
        await using (var scope = host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<LetterDbContext>().Database.EnsureCreatedAsync();
        await host.StartAsync();

        // The host does not wait for the broker, and what is sent before a queue is bound is lost.
        await host.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, Patience.Limit);
        return new LetterBus(host);
    }

    public async Task SendAsync<T>(Uri destination, T message)
        where T : class
    {
        await using var scope = host.Services.CreateAsyncScope();
        var endpoint = await scope.ServiceProvider.GetRequiredService<ISendEndpointProvider>().GetSendEndpoint(destination);
        await endpoint.Send(message);
        await scope.ServiceProvider.GetRequiredService<LetterDbContext>().SaveChangesAsync();
    }

    public async Task PublishAsync<T>(T message)
        where T : class
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IPublishEndpoint>().Publish(message);
        await scope.ServiceProvider.GetRequiredService<LetterDbContext>().SaveChangesAsync();
    }

    public async Task<List<OutboxMessage>> ReadOutboxAsync()
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LetterDbContext>().Set<OutboxMessage>().AsNoTracking().ToListAsync();
    }

    public IBus Bus => host.Services.GetRequiredService<IBus>();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
