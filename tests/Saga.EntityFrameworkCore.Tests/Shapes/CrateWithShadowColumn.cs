using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>A column that no property holds has a value of its own, which others read.</summary>
public sealed class CrateWithShadowColumn : WrittenCrate, ISagaVersion, IShaped<CrateWithShadowColumn>
{
    public int Version { get; set; }

    public static void Map(ModelBuilder modelBuilder, DatabaseKind kind) =>
        modelBuilder.Entity<CrateWithShadowColumn>().Property<string>("Owner").HasDefaultValue("nobody");
}
