using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

// The namespace of the well-known package's extensions, so that moving between the two changes no code.
namespace MassTransit;

/// <summary>Maps all tables of the outbox.</summary>
public static class TransactionalOutboxEntities
{
    /// <summary>
    /// Adds the tables of the outbox and of the inbox to a model: <see cref="OutboxMessageMap.AddOutboxMessageEntity"/> and
    /// <see cref="InboxStateMap.AddInboxStateEntity"/> in one. Their columns are not those of the well-known package, so let them have other names where its tables stay.
    /// </summary>
    /// <param name="modelBuilder">The model.</param>
    /// <param name="callback">Changes both of them, such as their schema.</param>
    public static void AddTransactionalOutboxEntities(this ModelBuilder modelBuilder, Action<EntityTypeBuilder>? callback = null)
    {
        modelBuilder.AddInboxStateEntity(inbox => callback?.Invoke(inbox));
        modelBuilder.AddOutboxMessageEntity(outbox => callback?.Invoke(outbox));
    }
}
