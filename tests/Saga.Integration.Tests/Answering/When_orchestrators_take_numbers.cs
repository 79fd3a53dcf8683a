using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Saga.Integration.Tests.Servers;
using Saga.Worker.Messaging.Answering;
using Shouldly;

namespace Saga.Integration.Tests.Answering;

public sealed class When_orchestrators_take_numbers(TestServers servers) : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await servers.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Each_has_one_of_its_own()
    {
        var seats = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TakeAsync(seats: 4)));

        seats.Select(seat => seat.Number).ShouldBe([1, 2, 3, 4], ignoreOrder: true);
        foreach (var seat in seats)
            await seat.DisposeAsync();
    }

    [Fact]
    public async Task One_that_was_given_back_is_taken_next()
    {
        await using var first = await TakeAsync();
        await using var second = await AfterTakingAsync(2);
        await (await AfterTakingAsync(3)).DisposeAsync();

        // The server notices a moment later that a connection was closed.
        await Eventually.SeeAsync("only two numbers to be taken", _ => CountLocksAsync(), locks => locks == 2);
        await using var next = await TakeAsync();
        next.Number.ShouldBe(3);
    }

    [Fact]
    public async Task They_share_when_there_are_more_of_them()
    {
        await using var first = await TakeAsync(seats: 1);

        await using var second = await TakeAsync(seats: 1);

        second.Number.ShouldBe(1);
    }

    [Fact]
    public async Task One_that_loses_its_connection_keeps_its_number()
    {
        using var stop = new CancellationTokenSource();
        await using var first = await TakeAsync();
        var holding = first.HoldAsync(stop.Token);

        (await BreakConnectionsAsync()).ShouldBe(1);
        await Eventually.SeeAsync("the lock to be held again", _ => CountLocksAsync(), locks => locks == 1);

        await using var second = await TakeAsync();
        (first.Number, second.Number).ShouldBe((1, 2));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => holding);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_keeps_nobody_from_beginning()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Database = "nowhere" }.ConnectionString;

        await using var seat = await OrchestratorSeat.TakeAsync(nowhere, 8, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);

        seat.Number.ShouldBeInRange(1, 8);
        using var stop = new CancellationTokenSource();
        var holding = seat.HoldAsync(stop.Token);
        holding.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => holding);
    }

    private Task<OrchestratorSeat> TakeAsync(int seats = 8) =>
        OrchestratorSeat.TakeAsync(_database.ConnectionString, seats, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);

    private async Task<OrchestratorSeat> AfterTakingAsync(int number)
    {
        var seat = await TakeAsync();
        seat.Number.ShouldBe(number);
        return seat;
    }

    // Waits until they are gone: until then their locks could pass for those that were taken again.
    private Task<long> BreakConnectionsAsync() => AskAsync(
        "SELECT count(*) FILTER (WHERE pg_terminate_backend(pid, 300000)) FROM (SELECT DISTINCT pid FROM pg_locks WHERE locktype = 'advisory' AND database = "
        + "(SELECT oid FROM pg_database WHERE datname = current_database())) AS holder");

    private Task<long> CountLocksAsync() => AskAsync(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");

    private async Task<long> AskAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Pooling = false }.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
