namespace Saga.EntityFrameworkCore.Tests.Orders;

public sealed class Note
{
    public Guid Id { get; set; }

    public string Text { get; set; } = "";
}
