using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_node_states_are_stored
{
    [Fact]
    public void Are_written_as_runs_of_equal_states() =>
        NodeStates.AllPending(1000).With(0, NodeStatus.Completed).With(1, NodeStatus.Completed).With(2, NodeStatus.Running)
            .ToString().ShouldBe("c2r1p997");

    [Fact]
    public void Have_a_letter_for_every_status_that_never_changes()
    {
        var states = NodeStates.AllPending(Enum.GetValues<NodeStatus>().Length);
        foreach (var status in Enum.GetValues<NodeStatus>())
        {
            states = states.With((int)status, status);
        }

        states.ToString().ShouldBe("p1r1c1f1w1b1x1s1i1t1n1y1o1k1u1");
    }

    [Fact]
    public void Are_read_as_they_were_written() => Property.HoldsFor<byte[]>(bytes =>
    {
        var states = NodeStates.AllPending(bytes.Length);
        foreach (var (node, value) in bytes.Index())
        {
            states = states.With(node, (NodeStatus)(value / 3 % 15));
        }

        var read = NodeStates.Parse(states.ToString());
        read.ShouldBe(states);
        read.GetHashCode().ShouldBe(states.GetHashCode());
    });

    [Fact]
    public void A_change_leaves_the_original_as_it_was()
    {
        var before = NodeStates.AllPending(2);
        before.With(1, NodeStatus.Running);

        before.ToString().ShouldBe("p2");
    }

    [Theory]
    [InlineData("q1", "position 0 `q` stands for no node status")]
    [InlineData("c", "position 1 the letter must be followed by a count")]
    [InlineData("c2p", "position 3 the letter must be followed by a count")]
    [InlineData("c0", "position 1 the letter must be followed by a count")]
    [InlineData("c-1", "position 1 the letter must be followed by a count")]
    [InlineData("c 1", "position 1 the letter must be followed by a count")]
    [InlineData("c1p999999999999", "position 3 the letter must be followed by a count")]
    [InlineData("c1p1000000", "all counts together be at most 1000000")]
    public void Are_refused_with_the_place_when_damaged(string text, string problem) =>
        Should.Throw<FormatException>(() => NodeStates.Parse(text)).Message.ShouldContain(problem);
}
