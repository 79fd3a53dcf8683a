using System.Net.Sockets;
using MassTransit;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Saga.EntityFrameworkCore.Databases;

/// <summary>Reads in the errors of PostgreSQL, SQLite and their drivers whether the database itself is in trouble.</summary>
internal static class TroubleRecognition
{
    public static DatabaseTrouble? Find(Exception exception)
    {
        // What was called off by the caller says nothing of the database, though PostgreSQL calls that an error of its own.
        if (exception is OperationCanceledException)
            return null;
        return exception switch
        {
            PostgresException postgres => Kind(postgres) is { } kind ? new DatabaseTrouble(kind, postgres.MessageText) : null,
            SqliteException sqlite => Kind(sqlite.SqliteErrorCode) is { } kind ? new DatabaseTrouble(kind, sqlite.Message) : null,
            NpgsqlException { InnerException: TimeoutException } npgsql => new DatabaseTrouble(DatabaseTroubleKind.Busy, npgsql.Message),
            NpgsqlException npgsql => new DatabaseTrouble(DatabaseTroubleKind.Away, npgsql.GetBaseException().Message),
            WriteTurnException turn => new DatabaseTrouble(DatabaseTroubleKind.Busy, turn.Message),

            // So Npgsql says that it does not find the host. Within the errors of other libraries it speaks of another server.
            SocketException socket => new DatabaseTrouble(DatabaseTroubleKind.Away, socket.Message),
            { InnerException: SocketException } and not (InvalidOperationException or MassTransitException or AggregateException) => null,
            { InnerException: { } cause } => Find(cause),
            _ => null,
        };
    }

    // https://www.postgresql.org/docs/current/errcodes-appendix.html: the first two characters are the class.
    private static DatabaseTroubleKind? Kind(PostgresException postgres) => postgres.SqlState switch
    {
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => null,
        PostgresErrorCodes.DiskFull => DatabaseTroubleKind.Full,
        PostgresErrorCodes.ReadOnlySqlTransaction => DatabaseTroubleKind.ReadOnly,
        PostgresErrorCodes.QueryCanceled => DatabaseTroubleKind.Busy,
        PostgresErrorCodes.InvalidCatalogName => DatabaseTroubleKind.Refused,
        ['5', '3', ..] => DatabaseTroubleKind.OutOfResources,
        ['5', '5', ..] when postgres.IsTransient => DatabaseTroubleKind.Busy,
        ['5', '8', ..] => DatabaseTroubleKind.Broken,
        ['2', '8', ..] => DatabaseTroubleKind.Refused,
        ['5', '7', ..] or ['0', '8', ..] => DatabaseTroubleKind.Away,
        _ => postgres.IsTransient ? DatabaseTroubleKind.Away : null,
    };

    // https://www.sqlite.org/rescode.html
    private static DatabaseTroubleKind? Kind(int code) => code switch
    {
        3 or 8 => DatabaseTroubleKind.ReadOnly, // PERM, READONLY
        5 or 6 or 15 => DatabaseTroubleKind.Busy, // BUSY, LOCKED, PROTOCOL
        7 => DatabaseTroubleKind.OutOfResources, // NOMEM
        13 => DatabaseTroubleKind.Full, // FULL
        14 => DatabaseTroubleKind.Away, // CANTOPEN
        10 or 11 or 26 => DatabaseTroubleKind.Broken, // IOERR, CORRUPT, NOTADB
        _ => null,
    };
}
