namespace Saga.EntityFrameworkCore.Tests.Baskets;

/// <summary>Puts so many more of an article into a basket; takes it out when none is left.</summary>
public sealed record PutIntoBasket(Guid BasketId, string Article, int Amount);

/// <summary>What is in the basket now.</summary>
public sealed record BasketChanged(Guid BasketId, string Contents);
