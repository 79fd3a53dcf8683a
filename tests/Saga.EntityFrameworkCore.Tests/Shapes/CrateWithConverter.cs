using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>Its lines are a column with a converter.</summary>
public sealed class CrateWithConverter : ISagaVersion, IShaped<CrateWithConverter>
{
    public Guid CorrelationId { get; set; }

    public int Version { get; set; }

    public string CurrentState { get; set; } = "";

    public IList<string> Lines { get; private set; } = [];

    public string Contents => string.Join(", ", Lines);

    public void Put(string article, int amount) => Lines = [.. Amounts.Put(Contents, article, amount).Split(", ", StringSplitOptions.RemoveEmptyEntries)];

    public static void Map(ModelBuilder modelBuilder, DatabaseKind kind) => modelBuilder.Entity<CrateWithConverter>().Property(crate => crate.Lines).HasConversion(
        lines => string.Join(';', lines),
        text => text.Split(';', StringSplitOptions.RemoveEmptyEntries),
        new ValueComparer<IList<string>>((one, other) => one!.SequenceEqual(other!), lines => lines.Count, lines => lines.ToArray()));
}
