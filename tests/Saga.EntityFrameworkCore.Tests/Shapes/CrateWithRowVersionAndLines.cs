using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>Its lines are included rows, and its only guard is a token that no property holds.</summary>
public sealed class CrateWithRowVersionAndLines : IShaped<CrateWithRowVersionAndLines>
{
    public Guid CorrelationId { get; set; }

    public string CurrentState { get; set; } = "";

    public ICollection<CrateLine> Lines { get; } = [];

    public string Contents => Lines.Write();

    public void Put(string article, int amount) => Lines.Put(article, amount, () => new CrateLine());

    public static void Map(ModelBuilder modelBuilder, DatabaseKind kind)
    {
        RowVersion.Map(modelBuilder.Entity<CrateWithRowVersionAndLines>(), kind);
        modelBuilder.Entity<CrateLine>().Property<Guid>("Id");
        modelBuilder.Entity<CrateLine>().HasKey("Id");
        modelBuilder.Entity<CrateWithRowVersionAndLines>().HasMany(crate => crate.Lines).WithOne().IsRequired();
        modelBuilder.Entity<CrateWithRowVersionAndLines>().Navigation(crate => crate.Lines).AutoInclude();
    }
}
