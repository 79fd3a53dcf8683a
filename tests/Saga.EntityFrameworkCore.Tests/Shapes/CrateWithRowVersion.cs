using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>Its only guard is a token that no property holds.</summary>
public sealed class CrateWithRowVersion : WrittenCrate, IShaped<CrateWithRowVersion>
{
    public static void Map(ModelBuilder modelBuilder, DatabaseKind kind) => RowVersion.Map(modelBuilder.Entity<CrateWithRowVersion>(), kind);
}
