using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>Its lines are owned, with a key of their own making.</summary>
public sealed class CrateWithKeyedLines : LinedCrate, IShaped<CrateWithKeyedLines>
{
    public static void Map(ModelBuilder modelBuilder, DatabaseKind kind) => modelBuilder.Entity<CrateWithKeyedLines>().OwnsMany(crate => crate.Lines, line =>
    {
        line.WithOwner().HasForeignKey("CrateId");
        line.HasKey("CrateId", nameof(CrateLine.Article));
    });
}
