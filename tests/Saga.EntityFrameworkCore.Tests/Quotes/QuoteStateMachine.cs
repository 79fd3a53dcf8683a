using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Quotes;

public sealed class QuoteStateMachine : MassTransitStateMachine<Quote>
{
    public QuoteStateMachine()
    {
        InstanceState(quote => quote.CurrentState);
        Event(() => OfferQuote, x => x.CorrelateById(context => context.Message.QuoteId));
        Event(() => ExtendQuote, x => x.CorrelateById(context => context.Message.QuoteId));
        Event(() => AcceptQuote, x => x.CorrelateById(context => context.Message.QuoteId));
        Schedule(() => Lapse, quote => quote.LapseTokenId, x => x.Received = e => e.CorrelateById(context => context.Message.QuoteId));

        Initially(
            When(OfferQuote)
                .Schedule(Lapse, context => new LapseQuote(context.Saga.CorrelationId), context => context.Message.ValidFor)
                .Publish(context => new QuoteOffered(context.Saga.CorrelationId))
                .If(context => context.Message.Fails, then => then.Then(_ => throw new InvalidOperationException("After scheduling.")))
                .TransitionTo(Open));

        During(Open,
            When(ExtendQuote)
                .Schedule(Lapse, context => new LapseQuote(context.Saga.CorrelationId), context => context.Message.ValidFor)
                .Publish(context => new QuoteExtended(context.Saga.CorrelationId)),
            When(AcceptQuote)
                .Unschedule(Lapse)
                .Publish(context => new QuoteAccepted(context.Saga.CorrelationId))
                .If(context => context.Message.Fails, then => then.Then(_ => throw new InvalidOperationException("After cancelling.")))
                .TransitionTo(Accepted),
            When(Lapse.Received)
                .Publish(context => new QuoteLapsed(context.Saga.CorrelationId))
                .TransitionTo(Lapsed));
    }

    public State Open { get; private set; } = null!;

    public State Accepted { get; private set; } = null!;

    public State Lapsed { get; private set; } = null!;

    public Event<OfferQuote> OfferQuote { get; private set; } = null!;

    public Event<ExtendQuote> ExtendQuote { get; private set; } = null!;

    public Event<AcceptQuote> AcceptQuote { get; private set; } = null!;

    public Schedule<Quote, LapseQuote> Lapse { get; private set; } = null!;
}
