using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

public sealed class CrateStateMachine<TCrate> : MassTransitStateMachine<TCrate>
    where TCrate : class, IShaped<TCrate>, new()
{
    public CrateStateMachine()
    {
        InstanceState(crate => crate.CurrentState);
        Event(() => PutIntoCrate, x => x.CorrelateById(context => context.Message.CrateId));
        Event(() => CountCrate, x => x.CorrelateById(context => context.Message.CrateId));
        Event(() => CloseCrate, x => x.CorrelateById(context => context.Message.CrateId));

        Initially(When(PutIntoCrate).Then(Put).Publish(Counted).TransitionTo(Open));
        During(Open,
            When(PutIntoCrate).Then(Put).Publish(Counted),
            When(CountCrate).Publish(Counted),
            When(CloseCrate).Publish(context => new CrateClosed(context.Saga.CorrelationId)).Finalize());
        SetCompletedWhenFinalized();
    }

    public State Open { get; private set; } = null!;

    public Event<PutIntoCrate> PutIntoCrate { get; private set; } = null!;

    public Event<CountCrate> CountCrate { get; private set; } = null!;

    public Event<CloseCrate> CloseCrate { get; private set; } = null!;

    private static void Put(BehaviorContext<TCrate, PutIntoCrate> context) => context.Saga.Put(context.Message.Article, context.Message.Amount);

    private static CrateCounted Counted(BehaviorContext<TCrate> context) => new(context.Saga.CorrelationId, context.Saga.Contents);
}
