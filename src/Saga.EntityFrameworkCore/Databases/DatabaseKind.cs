using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Databases;

/// <summary>The databases this adapter is written and tested for.</summary>
public enum DatabaseKind
{
    /// <summary>PostgreSQL, through Npgsql.</summary>
    Postgres,

    /// <summary>SQLite, through Microsoft.Data.Sqlite.</summary>
    Sqlite,
}

/// <summary>Recognises the database of a context.</summary>
public static class DatabaseKinds
{
    /// <summary>The kind of database <paramref name="dbContext"/> talks to.</summary>
    /// <exception cref="NotSupportedException">It is neither PostgreSQL nor SQLite.</exception>
    public static DatabaseKind Of(DbContext dbContext) => dbContext.Database.ProviderName switch
    {
        "Npgsql.EntityFrameworkCore.PostgreSQL" => DatabaseKind.Postgres,
        "Microsoft.EntityFrameworkCore.Sqlite" => DatabaseKind.Sqlite,
        var other => throw new NotSupportedException(
            $"{dbContext.GetType().Name} uses the provider '{other}'. The outbox works on PostgreSQL and SQLite. Use UseNpgsql or UseSqlite."),
    };
}
