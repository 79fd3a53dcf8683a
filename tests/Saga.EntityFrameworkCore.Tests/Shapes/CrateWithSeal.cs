using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>Some of its columns are those of an object with a key of its own, which shares its table.</summary>
public sealed class CrateWithSeal : ISagaVersion, IShaped<CrateWithSeal>
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    public CrateSeal Seal { get; set; } = new();

    public string Contents => Seal.Written;

    public void Put(string article, int amount) => Seal.Written = Amounts.Put(Seal.Written, article, amount);

    public static void Map(ModelBuilder modelBuilder, DatabaseKind kind)
    {
        modelBuilder.Entity<CrateWithSeal>().HasOne(crate => crate.Seal).WithOne().HasForeignKey<CrateSeal>(seal => seal.Id).IsRequired();
        modelBuilder.Entity<CrateWithSeal>().Navigation(crate => crate.Seal).AutoInclude().IsRequired();
        modelBuilder.Entity<CrateSeal>().ToTable("crates").Property(seal => seal.Id).HasColumnName("CorrelationId").ValueGeneratedNever();
    }
}

public sealed class CrateSeal
{
    public Guid Id { get; set; }

    public string Written { get; set; } = "";
}
