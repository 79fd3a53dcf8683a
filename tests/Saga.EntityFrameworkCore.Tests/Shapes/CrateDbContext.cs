using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>Crates of one shape, in a database that has the orders' tables too.</summary>
public sealed class CrateDbContext<TCrate>(DbContextOptions<CrateDbContext<TCrate>> options) : DbContext(options)
    where TCrate : class, IShaped<TCrate>
{
    public static async Task CreateTablesAsync(IOrderDatabase database)
    {
        await using var dbContext = Open(database);
        await ((RelationalDatabaseCreator)dbContext.GetService<IDatabaseCreator>()).CreateTablesAsync();
        if (dbContext.Model.FindEntityType(typeof(TCrate))!.FindProperty(RowVersion.Name) is not null && DatabaseKinds.Of(dbContext) == DatabaseKind.Sqlite)
            await dbContext.Database.ExecuteSqlRawAsync(RowVersion.Trigger);
    }

    public static CrateDbContext<TCrate> Open(IOrderDatabase database)
    {
        var options = new DbContextOptionsBuilder<CrateDbContext<TCrate>>();
        database.Use(options);
        return new CrateDbContext<TCrate>(options.Options);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<TCrate>(crate =>
        {
            crate.ToTable("crates");
            crate.HasKey(row => row.CorrelationId);
            crate.Property(row => row.CorrelationId).ValueGeneratedNever();
            crate.Ignore(row => row.Contents);
            if (typeof(ISagaVersion).IsAssignableFrom(typeof(TCrate)))
                crate.Property(nameof(ISagaVersion.Version)).IsConcurrencyToken();
        });
        TCrate.Map(modelBuilder, Database.IsNpgsql() ? DatabaseKind.Postgres : DatabaseKind.Sqlite);
        modelBuilder.AddOutboxMessageEntity(outbox => outbox.ToTable("sent_by_crates"));
    }
}
