using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.Integration.Tests.Outbox;

public sealed class LetterDbContext(DbContextOptions<LetterDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddOutboxMessageEntity();
}
