using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Saga.EntityFrameworkCore.Sagas;

namespace Saga.EntityFrameworkCore.Databases;

/// <summary>Tells failures that trying again can cure from those it cannot.</summary>
public static class DatabaseFailure
{
    private const int SqliteConstraintPrimaryKey = 1555;
    private const int SqliteConstraintUnique = 2067;

    /// <summary>The database is away, locked, full, read-only, out of memory or broken: the same work will succeed once that is over.</summary>
    public static bool IsTrouble(Exception exception) => DatabaseTrouble.Of(exception) is not null;

    /// <summary>
    /// Another message changed or inserted the same row first. Handling this one again, on what is stored now, gives the right result.
    /// </summary>
    public static bool IsConflict(Exception exception) => IsOvertaken(exception) || IsKeyTaken(exception);

    /// <summary>A row with the same key, or the same unique value, is there already.</summary>
    internal static bool IsKeyTaken(Exception exception) => Causes(exception).Any(cause => cause switch
    {
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is SqliteConstraintPrimaryKey or SqliteConstraintUnique,
        _ => false,
    });

    /// <summary>The conflict is with a change that another message committed meanwhile: it got ahead, so trying again cannot go on for ever.</summary>
    public static bool IsOvertaken(Exception exception) => Causes(exception).Any(cause => cause switch
    {
        DbUpdateConcurrencyException or StaleInstanceException => true,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
        _ => false,
    });

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
