using System.Transactions;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.BusOutbox;

namespace Saga.EntityFrameworkCore.Tests.Writing;

public sealed class When_a_batch_misses_a_row(PostgresServer postgres)
{
    [Theory, InlineData(true, 1), InlineData(false, 1), InlineData(true, 2), InlineData(false, 2)]
    public async Task An_insert_that_a_trigger_passes_over_fails_its_message(bool seesTransactions, int notes)
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var host = await OrderHost.StartAsync(database, new HostSettings { SeesTransactions = seesTransactions });
        await RunSqlAsync(
            host,
            """
            CREATE FUNCTION pass_over() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE TRIGGER pass_over BEFORE INSERT ON "Notes" FOR EACH ROW EXECUTE FUNCTION pass_over();
            """);
        await using var request = host.BeginRequest();
        for (var i = 0; i < notes; i++)
            await request.AddNoteAsync();

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => Save(request));

        host.Traffic.Seen.ShouldNotContain("send FileNote");
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_row_that_is_gone_is_not_made_up_for_by_one_that_is_there_twice(bool seesTransactions)
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var host = await OrderHost.StartAsync(database, new HostSettings { SeesTransactions = seesTransactions });
        await RunSqlAsync(host, """CREATE TABLE archived () INHERITS ("Notes")""");
        var (gone, twice) = (Guid.NewGuid(), Guid.NewGuid());
        await host.AskAsync(db =>
        {
            db.AddRange(new Note { Id = gone }, new Note { Id = twice });
            return db.SaveChangesAsync();
        });
        await RunSqlAsync(host, """INSERT INTO archived SELECT * FROM "Notes" WHERE "Id" = '""" + twice + "'");
        await using var request = host.BeginRequest();
        request.DbContext.RemoveRange(await request.DbContext.Notes.Where(note => note.Id == gone).ToListAsync());
        request.DbContext.RemoveRange((await request.DbContext.Notes.Where(note => note.Id == twice).ToListAsync()).DistinctBy(note => note.Id));
        await host.AskAsync(db => db.Notes.Where(note => note.Id == gone).ExecuteDeleteAsync());

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => Save(request));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_constraint_that_is_checked_by_the_commit_fails_it(bool seesTransactions)
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var host = await OrderHost.StartAsync(database, new HostSettings { SeesTransactions = seesTransactions });
        await RunSqlAsync(
            host,
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
            CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON "Notes" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse();
            """);
        await using var request = host.BeginRequest();
        await request.AddNoteAsync();

        await Should.ThrowAsync<Exception>(() => Save(request));

        host.Traffic.Seen.ShouldNotContain("send FileNote");
        (await host.CountOutboxAsync()).ShouldBe(0);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_transaction_around_the_consumer_is_refused(bool seesTransactions)
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var host = await OrderHost.StartAsync(database, new HostSettings
        {
            SeesTransactions = seesTransactions,
            Endpoints = (context, memory, _) => memory.ReceiveEndpoint("scoped", endpoint =>
            {
                endpoint.UseInlineFilter(async (message, next) =>
                {
                    using var around = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
                    await next.Send(message);
                });
                endpoint.UseEntityFrameworkOutbox<OrderDbContext>(context);
                endpoint.ConfigureConsumer<NoteConsumer>(context);
            }),
        });
        var id = Guid.NewGuid();

        await (await host.Harness.Bus.GetSendEndpoint(new Uri("exchange:scoped"))).Send(new TakeNote(id, ""));

        (await host.Received.OneAsync<Fault<TakeNote>>()).Message.Exceptions.Single().Message.ShouldStartWith("OrderDbContext has an open transaction");
        host.Traffic.Seen.ShouldNotContain("send FileNote");
        host.Traffic.Seen.ShouldNotContain("send NoteTaken");
    }

    private static Task<int> RunSqlAsync(OrderHost host, string sql) => host.AskAsync(db => db.Database.ExecuteSqlRawAsync(sql));

    private static Task Save(RequestScope request) => request.Services.GetRequiredService<GroupSave<OrderDbContext>>().SaveChangesAsync();
}
