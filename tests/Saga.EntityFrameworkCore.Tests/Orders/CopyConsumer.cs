using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Orders;

/// <summary>A plain consumer that sends through what it is given by the container.</summary>
public sealed class CopyConsumer(
    OrderDbContext dbContext, IPublishEndpoint publisher, ISendEndpointProvider sender, ConsumeContext consumeContext) : IConsumer<CopyNote>
{
    public async Task Consume(ConsumeContext<CopyNote> context)
    {
        dbContext.Add(new Note { Id = context.Message.NoteId });
        await publisher.Publish(new NoteCopied(context.Message.NoteId));
        await consumeContext.Publish(new NoteTaken(context.Message.NoteId));
        var filing = await sender.GetSendEndpoint(NoteConsumer.Filing);
        await filing.Send(new FileNote(context.Message.NoteId));
        if (context.Message.ThrowsAfterSending || context.GetRetryAttempt() < context.Message.FailingAttempts)
            throw new InvalidOperationException("After sending.");
    }
}
