using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>The endpoints of an <see cref="OrderHost"/>.</summary>
internal static class OrderBus
{
    public static readonly Uri Orders = new("exchange:orders");
    public static readonly Uri Notes = new("exchange:notes");

    public static void Configure(IBusRegistrationConfigurator bus, HostSettings settings, Traffic traffic, ReceivedMessages received)
    {
        bus.DisableUsageTelemetry();
        bus.SetTestTimeouts(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5));
        bus.AddEntityFrameworkOutbox<OrderDbContext>(settings.Outbox);
        bus.AddSagaStateMachine<OrderStateMachine, Order>()
            .EntityFrameworkRepository(repository => repository.ExistingDbContext<OrderDbContext>())
            .ExcludeFromConfigureEndpoints();
        bus.AddConsumer<NoteConsumer>().ExcludeFromConfigureEndpoints();
        settings.Register(bus);
        bus.UsingInMemory((context, memory) =>
        {
            var deliveries = new Deliveries(traffic);
            memory.ConnectSendObserver(deliveries);
            memory.ConnectPublishObserver(deliveries);
            memory.ConcurrentMessageLimit = 32;
            settings.Endpoints(context, memory, received);
            memory.ReceiveEndpoint("orders", endpoint =>
            {
                if (settings.WithOutbox)
                    endpoint.UseEntityFrameworkOutbox<OrderDbContext>(context);
                endpoint.ConfigureSaga<Order>(context);
            });
            memory.ReceiveEndpoint("notes", endpoint =>
            {
                endpoint.UseEntityFrameworkOutbox<OrderDbContext>(context);
                endpoint.ConfigureConsumer<NoteConsumer>(context);
            });
            memory.ReceiveEndpoint("packing", received.Take<PackOrder>);
            memory.ReceiveEndpoint("filing", received.Take<FileNote>);
            memory.ReceiveEndpoint("elsewhere", endpoint =>
            {
                received.Take<OrderAccepted>(endpoint);
                received.Take<ItemAdded>(endpoint);
                received.Take<OrderClosed>(endpoint);
                received.Take<OrderRefused>(endpoint);
                received.Take<OrderImported>(endpoint);
                received.Take<NoteTaken>(endpoint);
                received.Take<Fault<SubmitOrder>>(endpoint);
                received.Take<Fault<AddItem>>(endpoint);
                received.Take<Fault<ImportOrder>>(endpoint);
                received.Take<Fault<TakeNote>>(endpoint);
            });
        });
    }
}
