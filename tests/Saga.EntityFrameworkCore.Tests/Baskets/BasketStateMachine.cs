using System.Globalization;
using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Baskets;

public sealed class BasketStateMachine : MassTransitStateMachine<Basket>
{
    public BasketStateMachine()
    {
        InstanceState(basket => basket.CurrentState);
        Event(() => PutIntoBasket, x => x.CorrelateById(context => context.Message.BasketId));

        Initially(When(PutIntoBasket).Then(Put).Publish(Contents).TransitionTo(Open));
        During(Open, When(PutIntoBasket).Then(Put).Publish(Contents));
    }

    public State Open { get; private set; } = null!;

    public Event<PutIntoBasket> PutIntoBasket { get; private set; } = null!;

    private static void Put(BehaviorContext<Basket, PutIntoBasket> context)
    {
        var (basket, put) = (context.Saga, context.Message);
        var line = basket.Lines.SingleOrDefault(line => line.Article == put.Article);
        if (line is null)
        {
            line = new BasketLine { BasketId = basket.CorrelationId, Article = put.Article };
            basket.Lines.Add(line);
        }

        line.Amount += put.Amount;
        if (line.Amount <= 0)
            basket.Lines.Remove(line);
    }

    private static BasketChanged Contents(BehaviorContext<Basket, PutIntoBasket> context) => new(
        context.Saga.CorrelationId,
        string.Join(", ", context.Saga.Lines
            .OrderBy(line => line.Article, StringComparer.Ordinal)
            .Select(line => string.Create(CultureInfo.InvariantCulture, $"{line.Amount} {line.Article}"))));
}
