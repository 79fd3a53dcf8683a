using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

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
    // A model belongs to one provider, whose name is read from its assembly each time anybody asks.
    private static readonly ConcurrentDictionary<IModel, DatabaseKind> _kinds = new();

    /// <summary>The kind of database <paramref name="dbContext"/> talks to.</summary>
    /// <exception cref="NotSupportedException">It is neither PostgreSQL nor SQLite.</exception>
    public static DatabaseKind Of(DbContext dbContext) =>
        _kinds.GetOrAdd(dbContext.Model, static (_, context) => Recognise(context.Database.ProviderName, context), dbContext);

    private static DatabaseKind Recognise(string? provider, DbContext dbContext) => provider switch
    {
        "Npgsql.EntityFrameworkCore.PostgreSQL" => DatabaseKind.Postgres,
        "Microsoft.EntityFrameworkCore.Sqlite" => DatabaseKind.Sqlite,
        _ => throw new NotSupportedException(
            $"{dbContext.GetType().Name} uses the provider '{provider}'. The outbox works on PostgreSQL and SQLite. Use UseNpgsql or UseSqlite."),
    };
}
