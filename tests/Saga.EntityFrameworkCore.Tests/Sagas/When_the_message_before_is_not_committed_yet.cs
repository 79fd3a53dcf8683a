using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Saga.EntityFrameworkCore.Tests.Sagas;

public sealed class When_the_message_before_is_not_committed_yet(PostgresServer postgres)
{
    private const int Many = 10;

    [Theory, EveryDatabase]
    public async Task The_next_are_handled_on_what_it_leaves_and_committed_with_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var held = await HeldHost.StartAsync(database);
        var id = await held.BeginAsync("1");
        await held.HoldAsync();
        await held.GatherItemsAsync(id, Many);

        held.Received.All<ItemAdded>().ShouldBeEmpty();
        held.Host.Traffic.Forget();
        held.Release();

        (await held.SeeTotalsAsync(id, Many + 1)).ShouldBe(Enumerable.Range(1, Many));
        held.Host.Traffic.Seen.Count(entry => entry == "COMMIT").ShouldBe(2);
        var order = (await held.Host.FindAsync(id))!;
        (order.Total, order.Version).ShouldBe((Many, Many));
    }

    [Theory, EveryDatabase]
    public async Task Those_after_one_that_begins_the_instance_are_inserted_with_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var held = await HeldHost.StartAsync(database);
        await held.HoldAsync();
        var id = Guid.NewGuid();
        await held.GatherAsync(id, new SubmitOrder(id, "1"));
        await held.GatherItemsAsync(id, Many);

        held.Host.Traffic.Forget();
        held.Release();

        await held.SeeTotalsAsync(id, Many + 1);
        held.Host.Traffic.Seen.Count(entry => entry == "COMMIT").ShouldBe(2);
        (await held.Host.FindAsync(id))!.Total.ShouldBe(Many);
    }

    [Theory, EveryDatabase]
    public async Task What_the_next_asks_the_database_it_is_told_after_the_commit(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await SeeWhatTheNextAreToldAsync(database);
    }

    [Fact]
    public async Task So_it_is_where_the_connection_was_open_before()
    {
        await using var database = await postgres.CreateAsync(new PostgresUse { OpensThem = false });
        await SeeWhatTheNextAreToldAsync(database);
    }

    // SQLite opens a connection for each who asks.
    [Fact]
    public async Task What_waits_for_the_commit_holds_no_connection_that_the_commit_may_need()
    {
        await using var database = await postgres.CreateAsync(new PostgresUse { Connections = 2 });
        await using var held = await HeldHost.StartAsync(database);
        var id = await held.BeginAsync("1");
        await held.HoldAsync();
        await held.GatherItemsAsync(id, 1);
        var reading = Connecting(held.Host.Traffic);
        await held.Host.SendAsync(new AnnotateOrder(id, Guid.NewGuid(), Counts: true));
        await reading;

        // The held commit has one connection. Had the read taken the other, these would give up.
        for (var query = 0; query < 50; query++)
        {
            await using var request = held.Host.BeginRequest();
            (await request.DbContext.Orders.CountAsync()).ShouldBe(2);
        }

        held.Release();
        (await held.Received.OneAsync<OrderAnnotated>()).Message.NotesBefore.ShouldBe(0);
    }

    [Theory, EveryDatabase]
    public async Task A_row_that_takes_the_place_of_another_is_there_afterwards(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var held = await HeldHost.StartAsync(database);
        var id = await held.BeginAsync("1");
        var note = Guid.NewGuid();
        await held.Host.SendAsync(new AnnotateOrder(id, note, Counts: false));
        await held.Received.OneAsync<OrderAnnotated>();
        await held.HoldAsync();
        await held.GatherAsync(id, new ReplaceNote(id, note, "new"));
        await held.GatherItemsAsync(id, 1);

        held.Release();

        await held.Received.OneAsync<NoteReplaced>();
        await held.SeeTotalsAsync(id, 2);
        (await held.Host.AskAsync(db => db.Notes.SingleOrDefaultAsync(row => row.Id == note)))?.Text.ShouldBe("new");
        (await held.Host.AskAsync(db => db.Notes.CountAsync())).ShouldBe(1);
    }

    // Only there a transaction keeps others from writing as soon as it begins.
    [Fact]
    public async Task A_transaction_of_the_next_begins_after_the_commit()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Sqlite);
        await using var held = await HeldHost.StartAsync(database);
        var id = await held.BeginAsync("1");
        var released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var turn = held.Host.Services.GetRequiredService<DatabaseWrites<OrderDbContext>>().RunAsync(
            async _ =>
            {
                await released.Task;
                return 0;
            },
            CancellationToken.None);
        await held.GatherItemsAsync(id, 1);
        var beginning = Connecting(held.Host.Traffic);
        await held.Host.SendAsync(new AuditOrder(id));
        await beginning;
        released.SetResult();
        await turn;

        await held.Received.OneAsync<OrderAudited>();
        (await held.SeeTotalsAsync(id, 1)).ShouldBe([1]);
    }

    private static async Task SeeWhatTheNextAreToldAsync(IOrderDatabase database)
    {
        await using var held = await HeldHost.StartAsync(database);
        var id = await held.BeginAsync("1");

        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => held.Host.SendAsync(new AnnotateOrder(id, Guid.NewGuid(), Counts: true))));

        var annotated = await held.Received.SomeAsync<OrderAnnotated>(Many);
        annotated.Select(message => message.Message.NotesBefore).Order().ShouldBe(Enumerable.Range(0, Many).Cast<int?>());
    }

    private static Task Connecting(Traffic traffic)
    {
        var connecting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        traffic.OnConnecting = () => connecting.TrySetResult();
        return connecting.Task.WaitAsync(Patience.Limit);
    }
}
