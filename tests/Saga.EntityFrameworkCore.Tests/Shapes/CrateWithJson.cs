using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>Its lines are owned, and stored in a column as JSON.</summary>
public sealed class CrateWithJson : LinedCrate, IShaped<CrateWithJson>
{
    public static void Map(ModelBuilder modelBuilder, DatabaseKind kind) =>
        modelBuilder.Entity<CrateWithJson>().OwnsMany(crate => crate.Lines, lines => lines.ToJson());
}
