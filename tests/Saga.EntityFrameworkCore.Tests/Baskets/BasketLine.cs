namespace Saga.EntityFrameworkCore.Tests.Baskets;

public sealed class BasketLine
{
    public Guid BasketId { get; set; }

    public string Article { get; set; } = "";

    public int Amount { get; set; }
}
