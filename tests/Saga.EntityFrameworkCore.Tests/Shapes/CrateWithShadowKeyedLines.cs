using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>Its lines are included rows whose key and foreign key no property holds.</summary>
public sealed class CrateWithShadowKeyedLines : LinedCrate, IShaped<CrateWithShadowKeyedLines>
{
    public static void Map(ModelBuilder modelBuilder, DatabaseKind kind)
    {
        modelBuilder.Entity<CrateLine>().Property<int>("Id");
        modelBuilder.Entity<CrateLine>().HasKey("Id");
        modelBuilder.Entity<CrateWithShadowKeyedLines>().HasMany(crate => crate.Lines).WithOne().IsRequired();
        modelBuilder.Entity<CrateWithShadowKeyedLines>().Navigation(crate => crate.Lines).AutoInclude();
    }
}
