using MassTransit;
using MassTransit.EntityFrameworkCoreIntegration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;

namespace Saga.EntityFrameworkCore.Tests.Moving;

/// <summary>A context written for the well-known package, with the job service's sagas.</summary>
public sealed class MovedDbContext(DbContextOptions<MovedDbContext> options) : SagaDbContext(options)
{
    protected override IEnumerable<ISagaClassMap> Configurations =>
    [
        new OrderMap(), new JobTypeSagaMap(true), new JobSagaMap(true), new JobAttemptSagaMap(true), new FutureStateMap(true),
    ];

    public static async Task CreateTablesAsync(IOrderDatabase database)
    {
        await using var dbContext = Open(database);
        await ((RelationalDatabaseCreator)dbContext.GetService<IDatabaseCreator>()).CreateTablesAsync();
    }

    public static MovedDbContext Open(IOrderDatabase database)
    {
        var options = new DbContextOptionsBuilder<MovedDbContext>();
        database.Use(options);
        return new MovedDbContext(options.Options);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.AddTransactionalOutboxEntities(table => table.ToTable($"moved_{table.Metadata.ClrType.Name}"));
    }

    private sealed class OrderMap : SagaClassMap<Order>
    {
        protected override void Configure(EntityTypeBuilder<Order> entity, ModelBuilder model)
        {
            entity.ToTable("moved_orders");
            entity.Property(order => order.Version).IsConcurrencyToken();
        }

        protected override KeyBuilder ConfigureCorrelationIdKey(KeyBuilder keyBuilder) => keyBuilder.HasName("the_key_of_orders");
    }
}
