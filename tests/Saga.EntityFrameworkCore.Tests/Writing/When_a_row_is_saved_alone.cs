using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Batching;
using Saga.EntityFrameworkCore.Sagas;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Tests.Writing;

public sealed class When_a_row_is_saved_alone(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task It_is_saved_although_the_handler_had_the_context_read_it_again(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        var order = new Order { CorrelationId = Guid.NewGuid(), Number = "1" };
        await using (var first = OrderDbContext.Open(database))
        {
            first.Add(order);
            await first.SaveChangesAsync();
        }

        await using var dbContext = OrderDbContext.Open(database);
        await dbContext.Orders.SingleAsync();
        var snapshot = new InstanceSnapshot(TableShape.Of(dbContext.Model, typeof(Order))!, order);
        (order.Total, order.Version) = (5, 1);

        await new PendingSave(dbContext, [snapshot.Update()], predecessors: []).SaveAloneAsync(CancellationToken.None);

        await using var other = OrderDbContext.Open(database);
        (await other.Orders.SingleAsync()).Total.ShouldBe(5);
    }
}
