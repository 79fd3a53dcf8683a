using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Saga.EntityFrameworkCore.Databases;

/// <summary>
/// Tells a unique value that another row has from a primary key that is taken. A row with the same primary key is there to be loaded at the next attempt. A unique value
/// may be taken for good, unless whoever has it is about to give it up.
/// </summary>
internal static class TakenValue
{
    private const int SqliteConstraintUnique = 2067;

    /// <summary>A unique index other than that of the primary key refused the row.</summary>
    public static bool IsCauseOf(Exception exception)
    {
        IReadOnlyList<EntityEntry> entries = [];
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case DbUpdateException update:
                    entries = update.Entries;
                    break;
                case SqliteException sqlite:
                    return sqlite.SqliteExtendedErrorCode == SqliteConstraintUnique;
                case PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } postgres:
                    return !IsPrimaryKey(postgres.ConstraintName ?? "", entries);
            }
        }

        return false;
    }

    // By the name in the model, or by that which PostgreSQL or EF Core gives it.
    private static bool IsPrimaryKey(string constraint, IReadOnlyList<EntityEntry> entries) =>
        constraint.EndsWith("_pkey", StringComparison.OrdinalIgnoreCase)
        || constraint.StartsWith("pk_", StringComparison.OrdinalIgnoreCase)
        || entries.Any(entry => StoreObjectIdentifier.Create(entry.Metadata, StoreObjectType.Table) is { } table
            && entry.Metadata.FindPrimaryKey()?.GetName(table) == constraint);
}
