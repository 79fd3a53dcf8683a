using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>Some of its columns are those of an object that it owns.</summary>
public sealed class CrateWithOwnedPart : ISagaVersion, IShaped<CrateWithOwnedPart>
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    public CratePart Part { get; set; } = new();

    public string Contents => Part.Written;

    public void Put(string article, int amount) => Part.Written = Amounts.Put(Part.Written, article, amount);

    public static void Map(ModelBuilder modelBuilder, DatabaseKind kind) => modelBuilder.Entity<CrateWithOwnedPart>().OwnsOne(crate => crate.Part);
}

public sealed class CratePart
{
    public string Written { get; set; } = "";
}
