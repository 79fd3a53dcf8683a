using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>The endpoints of an <see cref="OrderHost"/>.</summary>
internal static class OrderBus
{
    public static readonly Uri Orders = new("exchange:orders");
    public static readonly Uri Notes = new("exchange:notes");
    public static readonly Uri Copies = new("exchange:copies");

    public static void Configure(IBusRegistrationConfigurator bus, HostSettings settings, Traffic traffic, ReceivedMessages received)
    {
        bus.DisableUsageTelemetry();
        bus.SetTestTimeouts(Patience.Limit, Patience.Limit);
        bus.AddEntityFrameworkOutbox<OrderDbContext>(outbox =>
        {
            outbox.Configure(settings.Outbox).UseBusOutbox();
            settings.AlsoOutbox(outbox);
        });
        bus.AddSagaStateMachine<OrderStateMachine, Order>()
            .EntityFrameworkRepository(repository => repository.ExistingDbContext<OrderDbContext>())
            .ExcludeFromConfigureEndpoints();
        bus.AddConsumer<NoteConsumer>().ExcludeFromConfigureEndpoints();
        bus.AddConsumer<CopyConsumer>().ExcludeFromConfigureEndpoints();
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
                settings.BeforeOutbox(endpoint, context);
                if (settings.WithOutbox)
                    endpoint.UseEntityFrameworkOutbox<OrderDbContext>(context);
                endpoint.ConfigureSaga<Order>(context);
            });
            memory.ReceiveEndpoint("notes", endpoint =>
            {
                settings.BeforeOutbox(endpoint, context);
                endpoint.UseEntityFrameworkOutbox<OrderDbContext>(context);
                endpoint.ConfigureConsumer<NoteConsumer>(context);
            });
            memory.ReceiveEndpoint("copies", endpoint =>
            {
                settings.BeforeOutbox(endpoint, context);
                endpoint.UseEntityFrameworkOutbox<OrderDbContext>(context);
                endpoint.ConfigureConsumer<CopyConsumer>(context);
            });
            TakeForOthers(memory, received);
        });
    }

    private static void TakeForOthers(IInMemoryBusFactoryConfigurator memory, ReceivedMessages received)
    {
        memory.ReceiveEndpoint("notes_skipped", endpoint =>
        {
            endpoint.ConfigureConsumeTopology = false;
            received.Take<TakeNote>(endpoint);
        });
        memory.ReceiveEndpoint("packing", received.Take<PackOrder>);
        memory.ReceiveEndpoint("filing", received.Take<FileNote>);
        memory.ReceiveEndpoint("elsewhere", endpoint =>
        {
            received.Take<OrderAccepted>(endpoint);
            received.Take<ItemAdded>(endpoint);
            received.Take<OrderClosed>(endpoint);
            received.Take<OrderRefused>(endpoint);
            received.Take<OrderAnnotated>(endpoint);
            received.Take<NoteReplaced>(endpoint);
            received.Take<OrderAudited>(endpoint);
            received.Take<OrderImported>(endpoint);
            received.Take<NoteTaken>(endpoint);
            received.Take<NoteCopied>(endpoint);
            received.Take<Fault<SubmitOrder>>(endpoint);
            received.Take<Fault<AddItem>>(endpoint);
            received.Take<Fault<AnnotateOrder>>(endpoint);
            received.Take<Fault<SpoilOrder>>(endpoint);
            received.Take<Fault<ImportOrder>>(endpoint);
            received.Take<Fault<TakeNote>>(endpoint);
            received.Take<Fault<CopyNote>>(endpoint);
        });
    }
}
