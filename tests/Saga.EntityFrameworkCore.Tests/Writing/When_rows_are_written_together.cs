using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Tests.Baskets;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Tests.Writing;

public sealed class When_rows_are_written_together
{
    private static readonly Guid[] _ids = [.. Enumerable.Range(1, 5).Select(id => new Guid(id, 0, 0, new byte[8]))];

    [Theory]
    [InlineData(RowChangeKind.Update)]
    [InlineData(RowChangeKind.Delete)]
    internal void They_are_changed_in_the_order_of_their_keys(RowChangeKind kind)
    {
        var table = TableOf(typeof(Order));

        var rows = new[] { 2, 0, 4, 1, 3 }.Select(number => new RowChange(table, kind, 0, new Order { CorrelationId = _ids[number] }, []));

        Written(rows).Cast<Order>().Select(order => order.CorrelationId).ShouldBe(_ids);
    }

    [Fact]
    public void A_key_of_two_columns_counts_by_the_first_and_then_by_the_second()
    {
        var table = TableOf(typeof(BasketLine));
        BasketLine[] lines =
        [
            new() { BasketId = _ids[1], Article = "a" },
            new() { BasketId = _ids[0], Article = "c" },
            new() { BasketId = _ids[1], Article = "b" },
            new() { BasketId = _ids[0], Article = "a" },
            new() { BasketId = _ids[0], Article = "b" },
        ];

        var rows = lines.Select(line => RowChange.Delete(table, line, []));

        Written(rows).Cast<BasketLine>().Select(line => (line.BasketId, line.Article))
            .ShouldBe([(_ids[0], "a"), (_ids[0], "b"), (_ids[0], "c"), (_ids[1], "a"), (_ids[1], "b")]);
    }

    [Fact]
    public void What_is_inserted_keeps_the_order_in_which_it_was_added()
    {
        var table = TableOf(typeof(Order));

        var rows = new[] { 2, 0, 1 }.Select(number => RowChange.Insert(table, new Order { CorrelationId = _ids[number] }));

        Written(rows).Cast<Order>().Select(order => order.CorrelationId).ShouldBe([_ids[2], _ids[0], _ids[1]]);
    }

    private static IEnumerable<object> Written(IEnumerable<RowChange> rows) =>
        RowGroup.Of(rows).ShouldHaveSingleItem().Rows.Select(row => row.Entity);

    private static TableShape TableOf(Type entity)
    {
        using var dbContext = new OrderDbContext(new DbContextOptionsBuilder<OrderDbContext>().UseSqlite("Data Source=:memory:").Options);
        return TableShape.Of(dbContext.Model, entity)!;
    }
}
