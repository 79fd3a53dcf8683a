using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Tests.Batching;

// Nothing is written: the database is there for a context.
public sealed class When_a_save_is_done
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_next_does_not_keep_it_and_those_before_it_in_memory(bool succeeds)
    {
        await using var database = await SqliteOrderDatabase.CreateAsync();
        await using var next = OrderDbContext.Open(database);

        var (last, others) = SaveMany(database, next, succeeds);
#pragma warning disable S1215 // What can be collected is what the test is about.
        GC.Collect();
#pragma warning restore S1215

        others.Select(other => other.IsAlive).ShouldBe([false, false, false]);
        GC.KeepAlive(last);
    }

    // Not inlined: a variable of the caller could live until the test ends.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (PendingSave Last, WeakReference[] Others) SaveMany(IOrderDatabase database, DbContext next, bool succeeds)
    {
        using var dbContext = OrderDbContext.Open(database);
        var note = new Note { Id = Guid.NewGuid() };
        var table = TableShape.Of(dbContext.Model, typeof(Note))!;
        var first = new PendingSave(dbContext, [], []);
        var second = new PendingSave(dbContext, [RowChange.Insert(table, note)], [first]);
        foreach (var save in new[] { first, second })
        {
            save.Rows();
            if (succeeds)
                save.Succeed();
            else
                save.Fail(new DbUpdateException("The database is full."));
        }

        return (new PendingSave(next, [], [second]), [new(first), new(note), new(dbContext)]);
    }
}
