using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Inbox;

// The namespace of the well-known package's extensions, so that moving between the two changes no code.
namespace MassTransit;

/// <summary>Maps the inbox table.</summary>
public static class InboxStateMap
{
    /// <summary>
    /// Adds the inbox table to a model. Plain consumers on endpoints with the outbox then recognise duplicates; without it they do not. Sagas need
    /// none: their state tells.
    /// </summary>
    /// <param name="modelBuilder">The model.</param>
    /// <param name="configure">Changes names, the schema or column types.</param>
    public static void AddInboxStateEntity(this ModelBuilder modelBuilder, Action<EntityTypeBuilder<InboxState>>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        var inbox = modelBuilder.Entity<InboxState>();
        inbox.HasKey(row => new { row.MessageId, row.ConsumerId });
        inbox.Property(row => row.MessageId).ValueGeneratedNever();
        inbox.Property(row => row.ConsumerId).ValueGeneratedNever();
        inbox.Property(row => row.ConsumedAt).HasConversion<UtcConverter>();
        inbox.HasIndex(row => row.ConsumedAt);
        configure?.Invoke(inbox);
    }
}
