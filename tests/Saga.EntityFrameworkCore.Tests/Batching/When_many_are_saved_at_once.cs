using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.BusOutbox;

namespace Saga.EntityFrameworkCore.Tests.Batching;

public sealed class When_many_are_saved_at_once(PostgresServer postgres)
{
    private const int Many = 20;

    [Theory, EveryDatabase]
    public async Task What_gathers_during_one_save_is_saved_by_the_next(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        using var first = new HeldCommit(host.Traffic);
        var saves = new List<Task> { SaveAsync(host, NewNote()) };
        await first.Reached;
        saves.AddRange(Enumerable.Range(0, Many).Select(_ => SaveAsync(host, NewNote())));

        host.Traffic.Forget();
        first.Release();
        await Task.WhenAll(saves);

        host.Traffic.Seen.Count(entry => entry == "COMMIT").ShouldBe(2);
        (await NotesAsync(database)).ShouldBe(2 * (Many + 1));
    }

    [Theory, EveryDatabase]
    public async Task One_that_breaks_a_constraint_fails_alone(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var taken = NewNote();
        using var first = new HeldCommit(host.Traffic);
        var saves = new List<Task> { SaveAsync(host, taken) };
        await first.Reached;
        saves.AddRange(Enumerable.Range(0, Many).Select(_ => SaveAsync(host, NewNote())));
        var bad = SaveAsync(host, new Note { Id = taken.Id, Text = "the same key" });

        first.Release();
        await Task.WhenAll(saves);

        await Should.ThrowAsync<DbUpdateException>(bad);
        (await NotesAsync(database)).ShouldBe(2 * (Many + 1));
    }

    [Theory, EveryDatabase]
    public async Task One_that_was_overtaken_fails_alone(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var gone = NewNote();
        using var first = new HeldCommit(host.Traffic);
        var saves = new List<Task> { SaveAsync(host, NewNote()) };
        await first.Reached;
        saves.AddRange(Enumerable.Range(0, Many).Select(_ => SaveAsync(host, NewNote())));
        var overtaken = SaveAsync(host, gone, EntityState.Modified);

        first.Release();
        await Task.WhenAll(saves);

        await Should.ThrowAsync<DbUpdateConcurrencyException>(overtaken);
        (await NotesAsync(database)).ShouldBe(2 * (Many + 1));
    }

    [Theory, EveryDatabase]
    public async Task A_deadlock_fails_nobody(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var commits = 0;
        host.Traffic.OnCommit = () =>
        {
            if (Interlocked.Increment(ref commits) == 1)
                throw new PostgresException("deadlock detected", "ERROR", "ERROR", PostgresErrorCodes.DeadlockDetected);
        };

        await SaveAsync(host, NewNote());

        (await NotesAsync(database)).ShouldBe(2);
    }

    [Theory, EveryDatabase]
    public async Task One_whose_context_cannot_be_read_does_not_stop_those_after_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var commits = host.Services.GetRequiredService<GroupCommit<OrderDbContext>>();
        var disposed = OrderDbContext.Open(database);
        await disposed.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(commits.SaveAsync(new PendingSave(disposed, untracked: [], predecessors: [])));
        await SaveAsync(host, NewNote());

        (await NotesAsync(database)).ShouldBe(2);
    }

    private static Note NewNote() => new() { Id = Guid.NewGuid(), Text = "one of many" };

    private static async Task SaveAsync(OrderHost host, Note note, EntityState state = EntityState.Added)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<OrderDbContext>();
        dbContext.Entry(note).State = state;

        // A second row, so that there is always a transaction.
        dbContext.Add(NewNote());
        await scope.ServiceProvider.GetRequiredService<GroupSave<OrderDbContext>>().SaveChangesAsync();
    }

    private static async Task<int> NotesAsync(IOrderDatabase database)
    {
        await using var dbContext = OrderDbContext.Open(database);
        return await dbContext.Notes.CountAsync();
    }
}
