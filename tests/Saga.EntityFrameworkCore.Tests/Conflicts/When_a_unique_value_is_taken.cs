using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Conflicts;

public sealed class When_a_unique_value_is_taken(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task The_message_fails_at_the_third_attempt(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await host.SeeAsync("the order that has the number", db => db.Orders.AnyAsync());
        using var handled = new HandledEvents(host);

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await host.Received.OneAsync<Fault<SubmitOrder>>();

        handled.Count.ShouldBe(3);
        (await host.AskAsync(db => db.Orders.CountAsync())).ShouldBe(1);
    }

    [Theory, EveryDatabase]
    public async Task The_message_takes_it_when_it_is_given_up_meanwhile(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var first = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(first, "1"));
        await host.SeeAsync("the order that has the number", db => db.Orders.AnyAsync());
        using var handled = new HandledEvents(host);
        handled.OnHandled = count => count == 2 ? GiveUpAsync() : Task.CompletedTask;
        var second = Guid.NewGuid();

        await host.SendAsync(new SubmitOrder(second, "1"));

        (await Eventually.SeeAsync("the second order", _ => host.FindAsync(second), found => found is not null))!.Number.ShouldBe("1");
        handled.Count.ShouldBe(2);

        Task GiveUpAsync() => host.AskAsync(db => db.Orders.Where(order => order.CorrelationId == first).ExecuteDeleteAsync());
    }

    [Theory, EveryDatabase]
    public async Task A_primary_key_that_is_taken_is_no_such_value(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var dbContext = OrderDbContext.Open(database);
        var note = new Note { Id = Guid.NewGuid() };
        dbContext.Add(note);
        await dbContext.SaveChangesAsync();
        dbContext.ChangeTracker.Clear();
        dbContext.Add(new Note { Id = note.Id });

        var taken = await Should.ThrowAsync<DbUpdateException>(() => dbContext.SaveChangesAsync());

        TakenValue.IsCauseOf(taken).ShouldBeFalse();
        DatabaseFailure.IsConflict(taken).ShouldBeTrue();
    }
}
