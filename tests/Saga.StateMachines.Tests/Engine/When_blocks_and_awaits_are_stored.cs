using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_blocks_and_awaits_are_stored
{
    [Fact]
    public void Blocks_are_written_as_a_line() => BlockList.Format([new Block(3, 1, 12, 40), new Block(4, 2, 92, 8, 16)]).ShouldBe("3:1:12:40:0 4:2:92:8:16");

    [Fact]
    public void Blocks_are_read_as_they_were_written() => Property.HoldsFor<(int Owner, int Graph, int Start, int Count, int First)[]>(items =>
    {
        var blocks = items.Select(item => new Block(item.Owner & int.MaxValue, item.Graph & int.MaxValue, item.Start & int.MaxValue, item.Count & int.MaxValue, item.First & int.MaxValue)).ToList();

        BlockList.Parse(BlockList.Format([.. blocks])).ShouldBe(blocks);
    });

    [Theory]
    [InlineData(" ")]
    [InlineData("1:2:3:4")]
    [InlineData("1:2:3:4:5:6")]
    [InlineData("-1:2:3:4:5")]
    [InlineData("1:2:3:4:x")]
    [InlineData("1:2:3:4:99999999999")]
    [InlineData("1:2:3:4:5  1:2:3:4:5")]
    public void Blocks_are_refused_when_damaged(string text) => Should.Throw<FormatException>(() => BlockList.Parse(text));

    [Fact]
    public void Awaits_are_read_as_they_were_written()
    {
        AwaitedSignals[] awaits = [new(3, ["go", "ünïcode \"x\""], All: true), new(70, [], All: false)];

        AwaitedSignals.Parse(AwaitedSignals.Format([.. awaits])).ShouldBe(awaits);
        AwaitedSignals.Format([]).ShouldBeNull();
        AwaitedSignals.Parse(null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[{}]")]
    [InlineData("""[{"node":"x","names":[],"all":true}]""")]
    public void Awaits_are_refused_when_damaged(string text) => Should.Throw<FormatException>(() => AwaitedSignals.Parse(text));
}
