using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Saga.EntityFrameworkCore.Tests.Orders;

public sealed class OrderStateMachine : MassTransitStateMachine<Order>
{
    public static readonly Uri Packing = new("exchange:packing");

    public OrderStateMachine()
    {
        InstanceState(order => order.CurrentState);
        Event(() => SubmitOrder, x => x.CorrelateById(context => context.Message.OrderId));
        Event(() => AddItem, x => x.CorrelateById(context => context.Message.OrderId));
        Event(() => AnnotateOrder, x => x.CorrelateById(context => context.Message.OrderId));
        Event(() => ReplaceNote, x => x.CorrelateById(context => context.Message.OrderId));
        Event(() => SpoilOrder, x => x.CorrelateById(context => context.Message.OrderId));
        Event(() => AuditOrder, x => x.CorrelateById(context => context.Message.OrderId));
        Event(() => CloseOrder, x => x.CorrelateById(context => context.Message.OrderId));
        Event(() => RefuseOrder, x => x.CorrelateById(context => context.Message.OrderId));
        Event(() => OrderByNumber, x => x
            .CorrelateBy((order, context) => order.Number == context.Message.Number)
            .SelectId(_ => NewId.NextGuid()));
        Event(() => ImportOrder, x =>
        {
            x.CorrelateById(context => context.Message.OrderId);
            x.InsertOnInitial = true;
            x.SetSagaFactory(context => new Order { CorrelationId = context.Message.OrderId, Number = context.Message.Number });
        });

        Initially(
            When(SubmitOrder)
                .Then(context => context.Saga.Number = context.Message.Number)
                .Publish(context => new OrderAccepted(context.Saga.CorrelationId))
                .Send(Packing, context => new PackOrder(context.Saga.CorrelationId))
                .If(context => context.Message.ThrowsAfterSending || context.GetRetryAttempt() < context.Message.FailingAttempts, then => then.Then(_ => throw new InvalidOperationException("After sending.")))
                .TransitionTo(Open),
            When(OrderByNumber)
                .Then(context => context.Saga.Number = context.Message.Number)
                .Then(context => context.Saga.Total = context.Message.Amount)
                .TransitionTo(Open),
            When(ImportOrder)
                .Publish(context => new OrderImported(context.Saga.CorrelationId))
                .TransitionTo(Open),
            When(RefuseOrder)
                .Publish(context => new OrderRefused(context.Saga.CorrelationId))
                .Finalize());

        During(Open,
            Ignore(SubmitOrder),
            Ignore(ImportOrder),
            When(AddItem)
                .If(context => context.Saga.Total + context.Message.Amount < 0, less => less.Then(_ => throw new InvalidOperationException("More than there is.")))
                .Then(context => context.Saga.Total += context.Message.Amount)
                .Publish(context => new ItemAdded(context.Saga.CorrelationId, context.Saga.Total)),
            When(AnnotateOrder)
                .ThenAsync(async context =>
                {
                    var dbContext = ContextOf(context);
                    var text = context.Saga.CorrelationId.ToString();
                    int? before = context.Message.Counts ? await dbContext.Notes.CountAsync(note => note.Text == text) : null;
                    dbContext.Add(new Note { Id = context.Message.NoteId, Text = text });
                    await context.Publish(new OrderAnnotated(context.Saga.CorrelationId, before));
                }),
            When(ReplaceNote)
                .ThenAsync(async context =>
                {
                    var dbContext = ContextOf(context);
                    dbContext.Remove(await dbContext.Notes.SingleAsync(note => note.Id == context.Message.NoteId));
                    dbContext.Add(new Note { Id = context.Message.NoteId, Text = context.Message.Text });
                    await context.Publish(new NoteReplaced(context.Saga.CorrelationId));
                }),
            When(SpoilOrder)
                .Then(context => ContextOf(context).Attach(new Note { Id = Guid.NewGuid() }).Entity.Id = Guid.NewGuid()),
            When(AuditOrder)
                .ThenAsync(async context =>
                {
                    var dbContext = ContextOf(context);
                    await using var transaction = await dbContext.Database.BeginTransactionAsync();
                    await dbContext.Notes.CountAsync();
                    await transaction.CommitAsync();
                    await context.Publish(new OrderAudited(context.Saga.CorrelationId));
                }),
            When(OrderByNumber)
                .Then(context => context.Saga.Total += context.Message.Amount),
            When(CloseOrder)
                .Publish(context => new OrderClosed(context.Saga.CorrelationId))
                .Finalize());

        SetCompletedWhenFinalized();
    }

    public State Open { get; private set; } = null!;

    public Event<SubmitOrder> SubmitOrder { get; private set; } = null!;

    public Event<AddItem> AddItem { get; private set; } = null!;

    public Event<AnnotateOrder> AnnotateOrder { get; private set; } = null!;

    public Event<ReplaceNote> ReplaceNote { get; private set; } = null!;

    public Event<SpoilOrder> SpoilOrder { get; private set; } = null!;

    public Event<AuditOrder> AuditOrder { get; private set; } = null!;

    public Event<CloseOrder> CloseOrder { get; private set; } = null!;

    public Event<RefuseOrder> RefuseOrder { get; private set; } = null!;

    public Event<OrderByNumber> OrderByNumber { get; private set; } = null!;

    public Event<ImportOrder> ImportOrder { get; private set; } = null!;

    private static OrderDbContext ContextOf(PipeContext context) => context.GetPayload<IServiceProvider>().GetRequiredService<OrderDbContext>();
}
