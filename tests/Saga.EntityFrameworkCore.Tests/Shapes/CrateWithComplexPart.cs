using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>Its lines are a list of texts, and it has a complex property.</summary>
public sealed class CrateWithComplexPart : ISagaVersion, IShaped<CrateWithComplexPart>
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    public IList<string> Lines { get; private set; } = [];

    public CratePart Part { get; set; } = new();

    public string Contents => Part.Written == string.Join(", ", Lines) ? Part.Written : $"{Part.Written} beside {string.Join(", ", Lines)}";

    public void Put(string article, int amount)
    {
        Part.Written = Amounts.Put(Part.Written, article, amount);
        Lines = [.. Part.Written.Split(", ", StringSplitOptions.RemoveEmptyEntries)];
    }

    public static void Map(ModelBuilder modelBuilder, DatabaseKind kind) => modelBuilder.Entity<CrateWithComplexPart>().ComplexProperty(crate => crate.Part);
}
