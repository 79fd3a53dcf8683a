using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Saga.EntityFrameworkCore.Tests.Quotes;

/// <summary>Adds the quote saga, and a consumer that does what a test tells it to, with the scheduler of the outbox.</summary>
internal static class QuoteBus
{
    private static readonly Uri _quotes = new("exchange:quotes");
    private static readonly Uri _errands = new("exchange:errands");

    public static HostSettings With(this HostSettings settings, ErrandScript? script = null, bool quoteRedelivery = false) => settings with
    {
        Register = bus =>
        {
            bus.AddOutboxMessageScheduler<OrderDbContext>();
            bus.AddSagaStateMachine<QuoteStateMachine, Quote>()
                .EntityFrameworkRepository(repository => repository.ExistingDbContext<OrderDbContext>())
                .ExcludeFromConfigureEndpoints();
            bus.AddConsumer<ErrandConsumer>().ExcludeFromConfigureEndpoints();
            bus.AddSingleton(script ?? new ErrandScript());
        },
        Endpoints = (context, memory, received) =>
        {
            memory.UseOutboxMessageScheduler(context);
            memory.ReceiveEndpoint("quotes", endpoint =>
            {
                if (quoteRedelivery)
                    endpoint.UseScheduledRedelivery(retry => retry.Interval(3, TimeSpan.FromHours(10)));
                endpoint.UseEntityFrameworkOutbox<OrderDbContext>(context);
                endpoint.ConfigureSaga<Quote>(context);
            });
            memory.ReceiveEndpoint("errands", endpoint =>
            {
                script?.Redelivery(endpoint);
                endpoint.UseEntityFrameworkOutbox<OrderDbContext>(context);
                endpoint.ConfigureConsumer<ErrandConsumer>(context);
            });
            memory.ReceiveEndpoint("errands_error", endpoint =>
            {
                endpoint.ConfigureConsumeTopology = false;
                received.Take<RunErrand>(endpoint);
            });
            memory.ReceiveEndpoint("quote-readers", endpoint =>
            {
                received.Take<QuoteOffered>(endpoint);
                received.Take<QuoteExtended>(endpoint);
                received.Take<QuoteAccepted>(endpoint);
                received.Take<QuoteLapsed>(endpoint);
                received.Take<Fault<OfferQuote>>(endpoint);
                received.Take<Fault<AcceptQuote>>(endpoint);
                received.Take<Fault<RunErrand>>(endpoint);
            });
        },
    };

    /// <summary>Sends to the quote saga, or to the consumer of errands.</summary>
    public static async Task TellAsync<T>(this OrderHost host, T message, Action<SendContext<T>>? configure = null)
        where T : class
    {
        var endpoint = await host.Harness.Bus.GetSendEndpoint(typeof(T) == typeof(RunErrand) ? _errands : _quotes);
        await endpoint.Send(message, Pipe.Execute<SendContext<T>>(context => configure?.Invoke(context)));
    }
}
