using MassTransit;

namespace Saga.EntityFrameworkCore.Tests.Orders;

/// <summary>A plain consumer that stores something and sends.</summary>
public sealed class NoteConsumer(OrderDbContext dbContext) : IConsumer<TakeNote>
{
    public static readonly Uri Filing = new("exchange:filing");

    public async Task Consume(ConsumeContext<TakeNote> context)
    {
        dbContext.Add(new Note { Id = context.Message.NoteId, Text = context.Message.Text });
        await context.Publish(new NoteTaken(context.Message.NoteId));
        await context.Send(Filing, new FileNote(context.Message.NoteId), file =>
        {
            file.Headers.Set("Colour", "blue");
            file.Headers.Set("Copies", 3);
            file.CorrelationId = context.Message.NoteId;
            file.TimeToLive = TimeSpan.FromHours(1);
            file.ResponseAddress = new Uri("loopback://localhost/answers");
            file.FaultAddress = new Uri("loopback://localhost/complaints");
        });
    }
}
