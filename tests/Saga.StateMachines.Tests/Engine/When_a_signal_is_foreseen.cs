using Saga.StateMachines.Signals;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

/// <summary>What a run's plan says about a signal before it arrives.</summary>
public sealed class When_a_signal_is_foreseen
{
    private const string Nested = """
        {"name":"first","signal":"start"},
        {"name":"each","dependsOn":["first"],"map":{"over":[1,2],"nodes":[
          {"name":"again","loop":{"maxIterations":2,"nodes":[{"name":"in","signal":"inside"}]}}]}},
        {"name":"sub","subsaga":{"plan":{"nodes":[{"name":"ask","signal":{"names":["yes","no"]}}]}}}
        """;

    [Theory]
    [InlineData("start")]
    [InlineData("inside")]
    [InlineData("yes")]
    [InlineData("no")]
    public void One_that_a_node_waits_for_however_deep_needs_no_warning(string name) => WarningOf(Walk.OfJson(Nested), name).ShouldBeNull();

    [Fact]
    public void It_needs_none_either_while_the_node_waits() => WarningOf(Walk.OfJson(Nested).Begin(), "start").ShouldBeNull();

    [Fact]
    public void One_whose_node_has_ended_is_told()
    {
        var walk = Walk.OfJson(Nested).Begin().Signal("start");

        WarningOf(walk, "start").ShouldBe("Node `first`, which the plan has for the signal `start`, has ended, and no step awaits it now. "
            + "It is kept, but nothing that is left of the plan can take it. Signals of this run are `inside`, `no`, `yes`.");
        WarningOf(walk, "inside").ShouldBeNull();
    }

    [Fact]
    public void One_in_a_map_that_has_ended_is_told()
    {
        var walk = Walk.OfJson("""{"name":"each","map":{"over":[1],"nodes":[{"name":"in","signal":"inside"}]}},{"name":"after","step":"x","dependsOn":["each"]}""").Begin();
        WarningOf(walk, "inside").ShouldBeNull();

        WarningOf(walk.Signal("inside"), "inside")!.ShouldContain("It is kept in case a step that has not ended awaits it.");
    }

    [Fact]
    public void One_in_a_branch_that_was_not_taken_is_told()
    {
        var walk = Walk.OfJson("""{"name":"r","route":{"cases":[{"when":false,"nodes":[{"name":"in","signal":"inside"}]}],"default":{"nodes":[{"name":"out","signal":"outside"}]}}}""").Begin();

        WarningOf(walk, "inside")!.ShouldStartWith("Node `r/");
        WarningOf(walk, "outside").ShouldBeNull();
    }

    private static string? WarningOf(Walk walk, string name) => SignalForecast.Warning(name, walk.Shape.Plan, walk.State);
}
