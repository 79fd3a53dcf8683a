using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>Its lines are included rows of several types in one table.</summary>
public sealed class CrateWithLinesOfTypes : ISagaVersion, IShaped<CrateWithLinesOfTypes>
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    public ICollection<TypedLine> Lines { get; } = [];

    public string Contents => Lines.Write();

    public void Put(string article, int amount) =>
        Lines.Put(article, amount, () => article == "pears" ? new FragileLine { Id = Guid.NewGuid() } : new PlainLine { Id = Guid.NewGuid() });

    public static void Map(ModelBuilder modelBuilder, DatabaseKind kind)
    {
        modelBuilder.Entity<TypedLine>().Property(line => line.Id).ValueGeneratedNever();
        modelBuilder.Entity<PlainLine>();
        modelBuilder.Entity<FragileLine>();
        modelBuilder.Entity<CrateWithLinesOfTypes>().HasMany(crate => crate.Lines).WithOne().HasForeignKey(line => line.CrateId).IsRequired();
        modelBuilder.Entity<CrateWithLinesOfTypes>().Navigation(crate => crate.Lines).AutoInclude();
    }
}

public abstract class TypedLine : ICrateLine
{
    public Guid Id { get; set; }

    public Guid CrateId { get; set; }

    public string Article { get; set; } = "";

    public int Amount { get; set; }
}

public sealed class PlainLine : TypedLine;

public sealed class FragileLine : TypedLine
{
    public string Padding { get; set; } = "straw";
}
