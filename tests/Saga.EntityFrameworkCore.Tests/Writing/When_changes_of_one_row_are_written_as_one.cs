using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Writing;

namespace Saga.EntityFrameworkCore.Tests.Writing;

public sealed class When_changes_of_one_row_are_written_as_one
{
    private static readonly TableShape _orders = OrdersOf();
    private static readonly Guid _id = Guid.NewGuid();

    [Fact]
    public void An_insert_takes_over_what_is_updated_later()
    {
        var both = RowChange.Insert(_orders, OrderWith("1", total: 1)).Then(UpdateTo("no matter", total: 2, was: 0, nameof(Order.Total)));

        both.Kind.ShouldBe(RowChangeKind.Insert);
        both.Columns.ShouldBe(_orders.AllColumns);
        (ValueOf(both, nameof(Order.Number)), ValueOf(both, nameof(Order.Total))).ShouldBe(("1", 2));
        ValueOf(both, nameof(Order.CorrelationId)).ShouldBe(_id);
    }

    [Fact]
    public void Updates_write_the_columns_of_both_each_as_it_was_changed_last()
    {
        var first = UpdateTo("first", total: 1, was: 5, nameof(Order.Number), nameof(Order.Total));
        var both = first.Then(UpdateTo("no matter", total: 2, was: 6, nameof(Order.Total))).Then(UpdateTo("no matter", total: 3, was: 7, nameof(Order.Total)));

        both.Kind.ShouldBe(RowChangeKind.Update);
        both.Columns.ShouldBe(_orders.MaskOf([nameof(Order.Number), nameof(Order.Total)]));
        (ValueOf(both, nameof(Order.Number)), ValueOf(both, nameof(Order.Total))).ShouldBe(("first", 3));
    }

    [Fact]
    public void The_row_must_be_as_the_first_found_it()
    {
        var first = UpdateTo("1", total: 1, was: 5, nameof(Order.Total));

        first.Then(UpdateTo("1", total: 2, was: 6, nameof(Order.Total))).Guards.ShouldBe([5]);
        first.Then(RowChange.Delete(_orders, OrderWith("1", total: 1), [6])).Guards.ShouldBe([5]);
    }

    [Fact]
    public void A_row_that_is_deleted_later_is_deleted()
    {
        var both = UpdateTo("1", total: 1, was: 5, nameof(Order.Total)).Then(RowChange.Delete(_orders, OrderWith("1", total: 1), [6]));

        both.Kind.ShouldBe(RowChangeKind.Delete);
    }

    [Fact]
    public void What_needs_an_order_is_not_allowed()
    {
        var insert = RowChange.Insert(_orders, OrderWith("1", total: 1));
        var update = UpdateTo("1", total: 1, was: 5, nameof(Order.Total));
        var delete = RowChange.Delete(_orders, OrderWith("1", total: 1), [5]);

        new[] { insert.Allows(update), update.Allows(update), update.Allows(delete) }.ShouldAllBe(allowed => allowed);
        new[] { insert.Allows(insert), insert.Allows(delete), update.Allows(insert), delete.Allows(insert), delete.Allows(update), delete.Allows(delete) }.ShouldAllBe(allowed => !allowed);
    }

    [Fact]
    public void Keys_are_equal_for_the_same_row_only()
    {
        var key = new RowKey(UpdateTo("1", total: 1, was: 5, nameof(Order.Total)));

        key.ShouldBe(new RowKey(RowChange.Insert(_orders, OrderWith("2", total: 2))));
        key.GetHashCode().ShouldBe(new RowKey(RowChange.Insert(_orders, OrderWith("2", total: 2))).GetHashCode());
        key.ShouldNotBe(new RowKey(RowChange.Insert(_orders, new Order { CorrelationId = Guid.NewGuid() })));
    }

    private static RowChange UpdateTo(string number, int total, int was, params string[] properties) =>
        new(_orders, RowChangeKind.Update, _orders.MaskOf(properties), OrderWith(number, total), [was]);

    private static Order OrderWith(string number, int total) => new() { CorrelationId = _id, Number = number, Total = total };

    private static object? ValueOf(RowChange change, string property) => change.ValueOf(_orders.Columns.Single(column => column.Property.Name == property));

    private static TableShape OrdersOf()
    {
        using var dbContext = new OrderDbContext(new DbContextOptionsBuilder<OrderDbContext>().UseSqlite("Data Source=:memory:").Options);
        return TableShape.Of(dbContext.Model, typeof(Order))!;
    }
}
