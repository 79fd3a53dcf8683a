using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Outbox;

// The namespace of the well-known package's extensions, so that moving between the two changes no code.
namespace MassTransit;

/// <summary>Maps the outbox table.</summary>
public static class OutboxMessageMap
{
    /// <summary>Adds the outbox table to a model.</summary>
    /// <param name="modelBuilder">The model.</param>
    /// <param name="configure">Changes names, the schema or column types.</param>
    public static void AddOutboxMessageEntity(this ModelBuilder modelBuilder, Action<EntityTypeBuilder<OutboxMessage>>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        var outbox = modelBuilder.Entity<OutboxMessage>();
        outbox.HasKey(row => row.Id);
        outbox.Property(row => row.Id).ValueGeneratedNever();
        outbox.Property(row => row.CreatedAt).HasConversion<UtcConverter>();
        outbox.Property(row => row.DueAt).HasConversion<UtcConverter>();
        outbox.Property(row => row.ExpiresAt).HasConversion<UtcConverter>();
        outbox.HasIndex(row => row.DueAt);
        outbox.HasIndex(row => row.ScheduleTokenId);
        configure?.Invoke(outbox);
    }
}
