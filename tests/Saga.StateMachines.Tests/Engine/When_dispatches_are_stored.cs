using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_dispatches_are_stored
{
    [Fact]
    public void Are_written_as_a_line() =>
        DispatchList.Format([new Dispatch(12, 1, 34, DispatchKind.Execute), new Dispatch(7, 2, 35, DispatchKind.Compensate)])
            .ShouldBe("x12:1:34 c7:2:35");

    [Fact]
    public void Are_read_as_they_were_written() => Property.HoldsFor<(int Node, int Attempt, byte Kind)[]>(items =>
    {
        var dispatches = items.Select((item, index) => new Dispatch(
            Math.Abs(item.Node),
            1 + Math.Abs(item.Attempt),
            (index + 1) * 5_000_000_000,
            (DispatchKind)(item.Kind % 7))).ToList();

        DispatchList.Parse(DispatchList.Format([.. dispatches])).ShouldBe(dispatches);
    });

    [Theory]
    [InlineData(" ")]
    [InlineData("y1:1:1")]
    [InlineData("x1:1")]
    [InlineData("x1:1:1:1")]
    [InlineData("x1:0:1")]
    [InlineData("x1:1:0")]
    [InlineData("x-1:1:1")]
    [InlineData("x4294967296:1:1")]
    [InlineData("x1:1:1  x2:1:2")]
    [InlineData("x1:1:2 x2:1:1")]
    [InlineData("x1:1:2 x2:1:2")]
    public void Are_refused_when_damaged(string text) => Should.Throw<FormatException>(() => DispatchList.Parse(text));
}
