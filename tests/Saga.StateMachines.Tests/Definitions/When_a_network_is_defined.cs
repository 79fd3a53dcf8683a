using Microsoft.Extensions.DependencyInjection;
using Saga.StateMachines.Definitions;
using Saga.StateMachines.Tests.Definitions.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Definitions;

public sealed class When_a_network_is_defined
{
    private const string Nodes =
        """
        [
        {"name":"vpc","step":"create-vpc","input":{"cidr":{"$ref":"input/cidr"},"name":"${input/region}-net"}},
        {"name":"subnets","map":{"over":{"$ref":"input/zones"},"nodes":[
        {"name":"subnet","step":"create-subnet","input":{"vpcId":{"$ref":"vpc/id"},"zone":{"$ref":"item"}}},
        {"name":"instance","step":"create-instance","input":{"subnetId":{"$ref":"subnet/id"}}},
        {"name":"volume","step":"create-volume","input":{"subnetId":{"$ref":"subnet/id"}}},
        {"name":"address","step":"create-address","input":{"subnetId":{"$ref":"subnet/id"}}},
        {"name":"attach","step":"attach","input":{"instanceId":{"$ref":"instance/id"},"volumeId":{"$ref":"volume/id"},"addressId":{"$ref":"address/id"}},"retry":{"maxAttempts":5}},
        {"name":"boot","dependsOn":["attach"],"step":"boot","input":{"$ref":"instance"},"compensation":"none"}
        ],"output":{"$ref":"boot"}}}
        ]
        """;

    private const string Output = """{"vpcId":{"$ref":"vpc/id"},"machines":{"$ref":"subnets"}}""";

    [Fact]
    public void Its_document_has_the_nodes_and_what_they_read_of_each_other() =>
        new Network().ToDocument().ShouldBe($$"""{"name":"network","nodes":{{Flat(Nodes)}},"output":{{Output}}}""");

    [Fact]
    public void Another_plan_can_contain_it() =>
        Built.Nodes(plan =>
        {
            var net = plan.Subsaga("net", new Network(), () => new NetworkInput { Region = plan.Input.Region, Cidr = "10.0.0.0/8", Zones = plan.Input.Zones });
            plan.Step("check", OrderSteps.Check, () => net.Output.VpcId);
        }).ShouldBe(
            $$"""{"name":"net","subsaga":{"plan":{"name":"network","nodes":{{Flat(Nodes)}},"output":{{Output}}}"""
            + ""","input":{"region":{"$ref":"input/region"},"cidr":"10.0.0.0/8","zones":{"$ref":"input/zones"}}}},"""
            + """{"name":"check","step":"check","input":{"$ref":"net/vpcId"}}""");

    [Fact]
    public void Another_run_can_start_it_and_read_what_it_returns() =>
        Built.Nodes(plan =>
        {
            var net = plan.Child("net", new Network(), () => new NetworkInput { Region = plan.Input.Region, Cidr = "c", Zones = plan.Input.Zones });
            var tried = plan.ChildSettled("tried", new RunReference<Line, Vpc>("other"), () => plan.Input.Main);
            plan.Child<Plain, string>("plain", () => net.Output.VpcId);
            plan.Step("check", OrderSteps.Check, () => tried.Output.Output!.Id).After(net);
        }).ShouldBe(
            """{"name":"net","child":{"kind":"network","version":2,"input":{"region":{"$ref":"input/region"},"cidr":"c","zones":{"$ref":"input/zones"}}}},"""
            + """{"name":"tried","child":{"kind":"other","input":{"$ref":"input/main"},"join":"settled"}},"""
            + """{"name":"plain","child":{"kind":"plain","version":1,"input":{"$ref":"net/vpcId"}}},"""
            + """{"name":"check","dependsOn":["net"],"step":"check","input":{"$ref":"tried/output/id"}}""");

    [Fact]
    public void It_is_registered_by_one_line_and_versions_live_side_by_side()
    {
        using var services = new ServiceCollection()
            .AddRunDefinition<Network>()
            .AddRunDefinition<Plain>()
            .AddRunDefinition<PlainTwo>()
            .AddRunDefinition<Network>()
            .BuildServiceProvider();
        services.GetServices<RunDefinition>().Select(definition => definition.ToString()).ShouldBe(["network v2", "plain v1", "plain v2"]);
    }

    [Fact]
    public void It_is_built_once()
    {
        var definition = new Plain();
        Parallel.For(0, 8, _ => definition.ToDocument().ShouldBe("""{"name":"plain","nodes":[{"name":"c","constant":1}]}"""));
        definition.Builds.ShouldBe(1);
    }

    [Fact]
    public void Kinds_and_versions_keep_their_rules()
    {
        Should.Throw<PlanDefinitionException>(() => new Named("Bad Kind", 1).ToDocument()).Message.ShouldContain("is `Bad Kind`. A kind keeps the rule of step names.");
        Should.Throw<PlanDefinitionException>(() => new Named("good", 0).ToDocument()).Message.ShouldContain("is 0. It must be at least 1.");
        Should.Throw<ArgumentException>(() => new StepReference<int>("Bad")).Message.ShouldContain("A reference to a step has the name `Bad`. A step name has 1 to 64");
    }

    [Fact]
    public void One_that_contains_itself_is_refused() =>
        Should.Throw<PlanDefinitionException>(() => new Endless().ToDocument()).Message.ShouldContain("`endless v1` contains itself as a subsaga");

    private static string Flat(string json) => json.ReplaceLineEndings("");

    public class Plain : RunDefinition<string>
    {
        private int _builds;

        public override string Kind => "plain";

        public int Builds => _builds;

        protected override void Build(PlanBuilder<string> plan)
        {
            Interlocked.Increment(ref _builds);
            plan.Constant("c", 1);
        }
    }

    public sealed class PlainTwo : Plain
    {
        public override int Version => 2;
    }

    private sealed class Named(string kind, int version) : RunDefinition<string>
    {
        public override string Kind => kind;

        public override int Version => version;

        protected override void Build(PlanBuilder<string> plan) => plan.Constant("c", 1);
    }

    private sealed class Endless : RunDefinition<string>
    {
        public override string Kind => "endless";

        protected override void Build(PlanBuilder<string> plan) => plan.Subsaga("again", new Endless(), () => plan.Input);
    }
}
