using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>A concurrency token that the database makes and that no property of the instance holds.</summary>
internal static class RowVersion
{
    public const string Name = "row_version";

    /// <summary>SQLite makes none by itself.</summary>
    public const string Trigger =
        "CREATE TRIGGER count_up AFTER UPDATE ON crates BEGIN UPDATE crates SET row_version = randomblob(8) WHERE rowid = NEW.rowid; END";

    public static void Map<TCrate>(EntityTypeBuilder<TCrate> crate, DatabaseKind kind)
        where TCrate : class
    {
        if (kind == DatabaseKind.Postgres)
        {
            // Npgsql takes it for the system column xmin.
            crate.Property<uint>(Name).IsRowVersion();
            return;
        }

        crate.ToTable(table => table.HasTrigger("count_up"));
        crate.Property<byte[]>(Name).IsRowVersion().HasDefaultValueSql("randomblob(8)");
    }
}
