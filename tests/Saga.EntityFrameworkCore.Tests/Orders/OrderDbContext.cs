using MassTransit;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Inbox;
using Saga.EntityFrameworkCore.Outbox;
using Saga.EntityFrameworkCore.Tests.Baskets;
using Saga.EntityFrameworkCore.Tests.Quotes;

namespace Saga.EntityFrameworkCore.Tests.Orders;

public sealed class OrderDbContext(DbContextOptions<OrderDbContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Note> Notes => Set<Note>();

    public DbSet<Quote> Quotes => Set<Quote>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    public DbSet<InboxState> Inbox => Set<InboxState>();

    public static async Task CreateTablesAsync(IOrderDatabase database)
    {
        await using var dbContext = Open(database);
        await dbContext.Database.EnsureCreatedAsync();
    }

    public static OrderDbContext Open(IOrderDatabase database)
    {
        var options = new DbContextOptionsBuilder<OrderDbContext>();
        database.Use(options);
        return new OrderDbContext(options.Options);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Order>(order =>
        {
            order.HasKey(row => row.CorrelationId);
            order.Property(row => row.CorrelationId).ValueGeneratedNever();
            order.Property(row => row.Version).IsConcurrencyToken();
            order.HasIndex(row => row.Number).IsUnique();
        });
        modelBuilder.Entity<Note>().Property(note => note.Id).ValueGeneratedNever();
        modelBuilder.Entity<Quote>(quote =>
        {
            quote.HasKey(row => row.CorrelationId);
            quote.Property(row => row.CorrelationId).ValueGeneratedNever();
            quote.Property(row => row.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<Basket>(basket =>
        {
            basket.HasKey(row => row.CorrelationId);
            basket.Property(row => row.CorrelationId).ValueGeneratedNever();
            basket.Property(row => row.Version).IsConcurrencyToken();
            basket.HasMany(row => row.Lines).WithOne().HasForeignKey(line => line.BasketId).IsRequired();
        });
        modelBuilder.Entity<BasketLine>().HasKey(line => new { line.BasketId, line.Article });
        modelBuilder.AddOutboxMessageEntity(outbox => outbox.ToTable("sent_by_orders"));
        modelBuilder.AddInboxStateEntity(inbox =>
        {
            inbox.ToTable("taken_by_orders");
            inbox.Property(row => row.ConsumedAt).HasColumnName("taken_at");
        });
    }
}
