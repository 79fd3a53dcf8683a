using System.Globalization;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Saga.EntityFrameworkCore.Tests.Failures;

public sealed class When_the_database_is_in_trouble(PostgresServer postgres)
{
    // Larger than what may be left in the pages that the file has.
    private static readonly string _large = new('x', 100_000);

    private readonly RememberedLog _log = new();

    [Fact]
    public async Task Messages_wait_for_room_in_a_full_SQLite_file()
    {
        await using var database = await TroubledSqlite.CreateAsync();
        await using var host = await StartAsync(database);
        database.Trouble.Fill();

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), _large));
        await SeeAsync(host, DatabaseTroubleKind.Full, "database or disk is full");
        database.Trouble.Mend();

        await ShouldGoOnAsync(host);
    }

    [Fact]
    public async Task Messages_wait_for_a_SQLite_file_that_cannot_be_written()
    {
        await using var database = await TroubledSqlite.CreateAsync();
        await using var host = await StartAsync(database);
        database.Trouble.MakeReadOnly();

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await SeeAsync(host, DatabaseTroubleKind.ReadOnly, "readonly");
        database.Trouble.Mend();

        await ShouldGoOnAsync(host);
    }

    [Fact]
    public async Task Messages_wait_for_a_SQLite_file_that_another_program_has_locked()
    {
        await using var database = await TroubledSqlite.CreateAsync();
        await using var host = await StartAsync(database);
        await using (var other = OrderDbContext.Open(database))
        {
            await using var held = await other.Database.BeginTransactionAsync();
            await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
            await SeeAsync(host, DatabaseTroubleKind.Busy, "locked");
        }

        await ShouldGoOnAsync(host);
    }

    [Fact]
    public async Task Messages_wait_for_a_PostgreSQL_that_takes_no_writes_and_do_not_keep_its_connections()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await SetReadOnlyAsync(database, on: true);
        await using var host = await StartAsync(database);

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await SeeAsync(host, DatabaseTroubleKind.ReadOnly, "read-only transaction");
        await SetReadOnlyAsync(database, on: false);

        await ShouldGoOnAsync(host);
    }

    [Fact]
    public async Task Messages_wait_for_room_in_a_full_PostgreSQL()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var host = await StartAsync(database);
        await ExecuteAsync(database, """
            CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'could not extend file "base/1": No space left on device' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON "Orders" FOR EACH ROW EXECUTE FUNCTION fill();
            """);

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await SeeAsync(host, DatabaseTroubleKind.Full, "No space left on device");
        await ExecuteAsync(database, """DROP TRIGGER full_disk ON "Orders";""");

        await ShouldGoOnAsync(host);
    }

    private Task<OrderHost> StartAsync(IOrderDatabase database) => OrderHost.StartAsync(database, new HostSettings
    {
        Register = bus => bus.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Information).AddProvider(_log)),
    });

    private static DatabaseWatch<OrderDbContext> WatchOf(OrderHost host) => host.Services.GetRequiredService<DatabaseWatch<OrderDbContext>>();

    private static async Task SeeAsync(OrderHost host, DatabaseTroubleKind kind, string said)
    {
        var outage = await Eventually.SeeAsync("the trouble", _ => Task.FromResult(WatchOf(host).Outage), found => found is not null);
        outage!.Trouble.Kind.ShouldBe(kind);
        outage.Trouble.Said.ShouldContain(said);
    }

    private async Task ShouldGoOnAsync(OrderHost host)
    {
        await host.Received.OneAsync<PackOrder>();
        await host.Received.OneAsync<OrderAccepted>();
        (await host.AskAsync(db => db.Orders.CountAsync())).ShouldBe(1);
        host.Received.All<PackOrder>().Count.ShouldBe(1);
        host.Received.All<Fault<SubmitOrder>>().ShouldBeEmpty();
        await Eventually.TrueAsync("the end of the trouble", _ => Task.FromResult(WatchOf(host).Outage is null));

        // However often it was met, it is told once, and once that it is over.
        _log.Entries.Where(id => id is 4030 or 4031).ShouldBe([4030, 4031]);
    }

    // For connections that are opened from now on, as with the setting of a whole server, or another server that became the primary.
    private static async Task SetReadOnlyAsync(IOrderDatabase database, bool on) => await ExecuteAsync(
        database,
        "SET default_transaction_read_only = off",
        string.Create(CultureInfo.InvariantCulture, $"""
            DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = %L', current_database(), '{(on ? "on" : "off")}'); END $$
            """));

    private static async Task ExecuteAsync(IOrderDatabase database, params IEnumerable<string> statements)
    {
        await using var dbContext = OrderDbContext.Open(database);
        await dbContext.Database.OpenConnectionAsync();
        foreach (var sql in statements)
            await dbContext.Database.ExecuteSqlRawAsync(sql);
    }
}
