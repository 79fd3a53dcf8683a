using System.Net.Sockets;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Saga.EntityFrameworkCore.Tests.Failures;

public sealed class When_the_database_is_away_for_a_moment(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task A_message_whose_instance_cannot_be_loaded_is_handled_later(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        FailAtFirst(host, "SELECT", new SocketException((int)SocketError.HostNotFound));

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));

        await ShouldBeHandledOnceAsync(host);
    }

    [Theory, EveryDatabase]
    public async Task A_message_whose_changes_cannot_be_saved_is_handled_later(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        FailAtFirst(host, "INSERT", new NpgsqlException("Connection refused", new SocketException((int)SocketError.ConnectionRefused)));

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));

        await ShouldBeHandledOnceAsync(host);
    }

    [Theory, EveryDatabase]
    public async Task A_conflict_after_that_is_cured_too(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var saves = 0;
        host.Traffic.OnCommand = command =>
        {
            if (command.StartsWith("INSERT", StringComparison.Ordinal))
                ThrowAtFirst(Interlocked.Increment(ref saves));
        };

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));

        await ShouldBeHandledOnceAsync(host);

        static void ThrowAtFirst(int save)
        {
            if (save is 1 or 4)
                throw new NpgsqlException("Connection refused");
            if (save is 2 or 3 or 5 or 6)
                throw new DbUpdateConcurrencyException("Someone was faster.");
        }
    }

    [Fact]
    public async Task An_administrator_who_ends_every_connection_loses_no_message()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var host = await OrderHost.StartAsync(database);
        var commits = 0;
        host.Traffic.OnCommit = () =>
        {
            if (Interlocked.Increment(ref commits) > 3)
                return;
            using var dbContext = OrderDbContext.Open(database);
            dbContext.Database.ExecuteSqlRaw(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        };

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await host.Received.OneAsync<OrderAccepted>();

        // The test asks by itself, without trying again; it must not get one of the connections that were ended while they rested in the pool.
        NpgsqlConnection.ClearAllPools();
        await ShouldBeHandledOnceAsync(host);
    }

    [Theory, EveryDatabase]
    public async Task Rows_that_cannot_be_deleted_then_are_deleted_later_instead_of_delivered_again(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        FailAtFirst(host, "DELETE", new NpgsqlException("Connection refused"));

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));

        await ShouldBeHandledOnceAsync(host);
        await host.SeeRowsLeftBehindAsync(0);
    }

    [Theory, EveryDatabase]
    public async Task A_host_that_stops_meanwhile_does_not_take_the_message_for_a_failed_one(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var attempts = 0;
        host.Traffic.OnCommand = command =>
        {
            Interlocked.Increment(ref attempts);
            throw new NpgsqlException("Connection refused");
        };
        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await Eventually.TrueAsync("some attempts", _ => Task.FromResult(attempts > 3));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await host.StopAsync(patience.Token);

        host.Traffic.Seen.ShouldAllBe(entry => !entry.StartsWith("send Fault") && !entry.StartsWith("send ReceiveFault"));
    }

    private static void FailAtFirst(OrderHost host, string verb, Exception exception)
    {
        var failures = 0;
        host.Traffic.OnCommand = command =>
        {
            if (command.StartsWith(verb, StringComparison.Ordinal) && Interlocked.Increment(ref failures) <= 3)
                throw exception;
        };
    }

    private static async Task ShouldBeHandledOnceAsync(OrderHost host)
    {
        await host.Received.OneAsync<PackOrder>();
        await host.Received.OneAsync<OrderAccepted>();
        (await host.AskAsync(db => db.Orders.CountAsync())).ShouldBe(1);
        host.Received.All<PackOrder>().Count.ShouldBe(1);
        host.Received.All<Fault<SubmitOrder>>().ShouldBeEmpty();
    }
}
