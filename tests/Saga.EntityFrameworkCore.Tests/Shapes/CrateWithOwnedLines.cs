using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>Its lines are owned, with the key that EF Core makes up. SQLite numbers rows only where the number is the whole of the key.</summary>
public sealed class CrateWithOwnedLines : LinedCrate, IShaped<CrateWithOwnedLines>
{
    public static void Map(ModelBuilder modelBuilder, DatabaseKind kind) =>
        modelBuilder.Entity<CrateWithOwnedLines>().OwnsMany(crate => crate.Lines, line =>
        {
            line.Property<int>("Id");
            if (kind == DatabaseKind.Sqlite)
                line.HasKey("Id");
        });
}
