using Saga.StateMachines.Engine;
using Saga.StateMachines.Pictures;
using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Pictures;

public sealed class When_a_run_is_drawn
{
    private readonly Plan _plan = Example.Plan;

    [Fact]
    public void Every_node_has_the_colour_and_the_name_of_its_status()
    {
        var statuses = new Dictionary<int, string>
        {
            [At("zones")] = "completed",
            [At("cool-down")] = "waiting",
            [At("approval")] = "failed",
            [At("size")] = "skipped",
            [At("size/large")] = "skipped",
            [At("size/large/create")] = "skipped",
            [At("subnets")] = "running",
            [At("tenant")] = "running",
            [At("net")] = "compensating",
            [At("net/vpc")] = "compensation_failed",
        };

        Golden.Compare(RunPicture.Of("run 1 running", _plan, [], statuses), "run");
    }

    [Fact]
    public void Items_are_counted_and_not_drawn()
    {
        const int Items = 10_000;
        var map = (MapNode)_plan.Root.Nodes[At("subnets")];
        var body = _plan.Graphs[map.Body].Nodes.Length;
        var start = _plan.Root.Nodes.Length;
        var block = new Block(map.Index, map.Body, start, Items);
        var statuses = Enumerable.Range(start, Items * body).ToDictionary(index => index, index => index < start + (3 * body) ? "completed" : "pending");
        statuses[map.Index] = "running";

        var picture = RunPicture.Of("run 1 running", _plan, [block], statuses);

        picture.ShouldContain("subnets\\nmap, 2 at once\\nrunning: 9997 of 10000 pending, 3 of 10000 completed");
        picture.Split('\n').Length.ShouldBeLessThan(100);
    }

    [Theory]
    [InlineData("running", "lightskyblue")]
    [InlineData("retrying", "orange")]
    [InlineData("completed", "palegreen")]
    [InlineData("compensated", "wheat")]
    [InlineData("unknown", "plum")]
    [InlineData("pending", "white")]
    public void A_status_has_a_colour(string status, string colour) =>
        RunPicture.Of("", _plan, [], new Dictionary<int, string> { [At("tenant")] = status })
            .ShouldContain($"label=\"tenant\\nchild tenant v2\\n{status}\", fillcolor=\"{colour}\"");

    private int At(string name) => _plan.Root.IndexOf(name);
}
