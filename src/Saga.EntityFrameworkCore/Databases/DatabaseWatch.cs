using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Saga.EntityFrameworkCore.Databases;

/// <summary>
/// Whether the database does its work, by what becomes of all that this process asks of it. One line of the log tells that it does not, and one that it does again,
/// however many messages and requests meet the same trouble.
/// </summary>
/// <typeparam name="TDbContext">The context that names the database.</typeparam>
public sealed class DatabaseWatch<TDbContext>(IServiceScopeFactory scopes, TimeProvider clock, ILogger<DatabaseWatch<TDbContext>> logger)
    where TDbContext : DbContext
{
    // A write that waits for a lock takes a minute to fail, and is tried again at once: after twice that time nobody asks for anything any more.
    private readonly TimeSpan _forgottenAfter = TimeSpan.FromMinutes(2);

    // What waits is tried again at least every five seconds: when that long nothing has failed, nothing waits.
    private readonly TimeSpan _triedWithin = TimeSpan.FromSeconds(6);

    // Trouble that comes and goes, as when there is room for small rows only, is told of once in a while.
    private readonly TimeSpan _toldEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private DatabaseOutage? _outage;
    private DateTimeOffset _toldAt = DateTimeOffset.MinValue;
    private DatabaseTroubleKind? _told;

    /// <summary>The trouble that this process met last, if nothing shows that it is over.</summary>
    public DatabaseOutage? Outage
    {
        get
        {
            lock (_lock)
                return _outage is { } outage && clock.GetUtcNow() - outage.LastSeen < _forgottenAfter ? outage : null;
        }
    }

    /// <summary>Something that was asked of the database has failed. Remembers it, and tells of it, if the database itself is in trouble.</summary>
    /// <returns>True if it is, so that nobody else need tell of it.</returns>
    public bool Note(Exception exception)
    {
        if (DatabaseTrouble.Of(exception) is not { } trouble)
            return false;

        bool isNews;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var since = Outage?.Since;
            if (since is null)
                _told = null;
            isNews = _told != trouble.Kind && now - _toldAt >= _toldEvery;
            _outage = new DatabaseOutage(trouble, since ?? now, now);
            if (isNews)
                (_toldAt, _told) = (now, trouble.Kind);
        }

        if (isNews)
            logger.DatabaseInTrouble(typeof(TDbContext).Name, trouble.ToString());
        LeaveConnections(trouble.Kind);
        return true;
    }

    /// <summary>A write has succeeded. While others fail that is no proof, because it may have been smaller.</summary>
    /// <param name="wroteRows">Whether there was anything to write: a full disk takes a write of nothing.</param>
    internal void Worked(bool wroteRows)
    {
        if (_outage is not null)
            End(outage => ShowsInAnyWrite(outage.Trouble.Kind) || (wroteRows && clock.GetUtcNow() - outage.LastSeen >= _triedWithin));
    }

    /// <summary>A message that waited for the end of the trouble has been handled.</summary>
    internal void Overcome() => End(_ => true);

    private void End(Func<DatabaseOutage, bool> isOver)
    {
        DatabaseOutage? told = null;
        lock (_lock)
        {
            if (_outage is not { } outage || !isOver(outage))
                return;
            _outage = null;
            if (_told is not null)
                told = outage;
            _told = null;
        }

        if (told is not null)
            logger.DatabaseWorksAgain(typeof(TDbContext).Name, clock.GetUtcNow() - told.Since);
    }

    private static bool ShowsInAnyWrite(DatabaseTroubleKind kind) =>
        kind is DatabaseTroubleKind.Away or DatabaseTroubleKind.Refused or DatabaseTroubleKind.Busy or DatabaseTroubleKind.ReadOnly;

    // A connection keeps what it found when it was opened: files that could only be read, a server that took no writes. Those that rest in the pool must not be
    // what the next attempt gets.
    private void LeaveConnections(DatabaseTroubleKind kind)
    {
        if (kind is DatabaseTroubleKind.Busy or DatabaseTroubleKind.Full or DatabaseTroubleKind.OutOfResources)
            return;
        try
        {
            using var scope = scopes.CreateScope();
            Leave(scope.ServiceProvider.GetRequiredService<TDbContext>().Database.GetDbConnection(), kind);
        }
        catch (ObjectDisposedException)
        {
            // The process has stopped while the database was asked.
        }
    }

    private static void Leave(DbConnection connection, DatabaseTroubleKind kind)
    {
        if (connection is SqliteConnection sqlite)
            SqliteConnection.ClearPool(sqlite);
        else if (connection is NpgsqlConnection npgsql && kind == DatabaseTroubleKind.ReadOnly)
            NpgsqlConnection.ClearPool(npgsql);
    }
}
