using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>It shares its lines with other crates, by a table between the two.</summary>
public sealed class CrateWithLabels : ISagaVersion, IShaped<CrateWithLabels>
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    public ICollection<Label> Labels { get; } = [];

    public string Contents => Labels.Write();

    public void Put(string article, int amount) => Labels.Put(article, amount, () => new Label());

    public static void Map(ModelBuilder modelBuilder, DatabaseKind kind)
    {
        modelBuilder.Entity<CrateWithLabels>().HasMany(crate => crate.Labels).WithMany(label => label.Crates);
        modelBuilder.Entity<CrateWithLabels>().Navigation(crate => crate.Labels).AutoInclude();
    }
}

public sealed class Label : ICrateLine
{
    public int Id { get; set; }

    public string Article { get; set; } = "";

    public int Amount { get; set; }

    public ICollection<CrateWithLabels> Crates { get; } = [];
}
