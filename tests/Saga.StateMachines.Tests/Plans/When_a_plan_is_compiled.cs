using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

public sealed class When_a_plan_is_compiled
{
    [Fact]
    public void Without_a_policy_a_step_is_executed_three_times_at_most_and_compensated_five_times()
    {
        var step = Document.Accepted("nodes: [{ name: a, step: x }]").Node<StepNode>("a");

        var (second, minute) = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        step.Retry.ShouldBe(new RetryPolicy(MaxAttempts: 3, Backoff.Exponential, second, minute, Jitter: true, NonRetryable: []));
        step.Compensation.Retry.ShouldBe(new RetryPolicy(MaxAttempts: 5, Backoff.Exponential, second, minute, Jitter: true, NonRetryable: []));
    }

    [Fact]
    public void Nodes_stand_behind_what_they_depend_on_and_else_as_listed()
    {
        var plan = Document.Accepted("""
            nodes:
              - { name: c, step: x, dependsOn: [a] }
              - { name: b, step: x, input: { $ref: c/id } }
              - { name: a, step: x }
            """);
        plan.Root.Drawn().ShouldBe("0 step a []\n1 step c [0]\n2 step b [1]");
        plan.Leaf.ShouldBe(2);
    }

    [Fact]
    public void A_reference_is_a_dependency_however_it_is_written() =>
        Document.Accepted("""
            nodes:
              - { name: a, step: x }
              - { name: b, step: x }
              - { name: c, step: x }
              - { name: d, step: x }
              - { name: e, step: x, input: [{ k: { $ref: a } }, "x-${b/id}", { $logic: { and: [{ var: c.id }, { $ref: d }] } }] }
            """).Root.Nodes[4].DependsOn.ShouldBe([0, 1, 2, 3]);

    [Fact]
    public void Branches_stand_behind_their_route()
    {
        var plan = Document.Accepted("""
            nodes:
              - { name: before, constant: 1 }
              - name: size
                route:
                  cases:
                    - name: large
                      when: { ">": [{ var: input.size }, 5] }
                      nodes:
                        - { name: a, step: x, input: { $ref: before } }
                        - { name: b, step: x, dependsOn: [a] }
                    - when: true
                      nodes: [{ name: a, step: x }]
                  default:
                    nodes: [{ name: p, step: x }, { name: q, step: x }]
                    output: { $ref: p }
              - { name: after, step: x, input: { $ref: size } }
            """);
        plan.Root.Drawn().ShouldBe("""
            0 constant before []
            1 route size [0] to 10
              2 branch size/large [] to 5
                3 step size/large/a []
                4 step size/large/b [3]
              5 branch size/case-1 [] to 7
                6 step size/case-1/a []
              7 branch size/default [] to 10
                8 step size/default/p []
                9 step size/default/q []
            10 step after [1]
            """);
        var route = plan.Node<RouteNode>("size");
        route.Cases.Select(one => one.Branch).ShouldBe([2, 5]);
        route.Default.ShouldBe(7);
        plan.Node<ScopeNode>("size/large").Leaf.ShouldBe(4);
        plan.Node<ScopeNode>("size/default").Leaf.ShouldBe(-1);
        plan.Node<ScopeNode>("size/default").Output.Source().ShouldBe(new(SourceKind.Output, 0, 8));
        plan.Node<StepNode>("size/large/a").Input.Source().ShouldBe(new(SourceKind.Output, 0, 0));
        plan.Node<StepNode>("size/large/b").Input.ShouldBeNull();
    }

    [Fact]
    public void The_body_of_a_map_is_a_graph_of_its_own()
    {
        var plan = Document.Accepted("""
            nodes:
              - { name: vpc, step: x }
              - name: subnets
                map:
                  over: { $ref: input/subnets }
                  maxConcurrency: 10
                  failure: collect
                  nodes:
                    - { name: create, step: x, input: { of: { $ref: vpc/id }, item: { $ref: item/name }, at: { $ref: index } } }
                    - { name: tag, step: x, dependsOn: [create] }
            """);
        plan.Root.Drawn().ShouldBe("0 step vpc []\n1 map subnets [0] to 2");
        plan.Graphs[1].Drawn().ShouldBe("0 item item [] to 3\n  1 step create []\n  2 step tag [1]");
        var map = plan.Node<MapNode>("subnets");
        (map.MaxConcurrency, map.CollectsFailures, map.Body).ShouldBe((10, true, 1));
        map.Over.ShouldBeOfType<Template.Reference>().Path.ShouldBe(["subnets"]);
        plan.Node<StepNode>("create", 1).Input.ShouldBeOfType<Template.Members>().Items
            .Select(item => (item.Key, item.Value.Source()))
            .ShouldBe([("of", new(SourceKind.Output, 1, 0)), ("item", new(SourceKind.Input)), ("at", new(SourceKind.Ordinal))]);
        var inherited = plan.Node<StepNode>("tag", 1).Input.ShouldBeOfType<Template.Reference>();
        (inherited.From, inherited.Written).ShouldBe((new Source(SourceKind.Input), "item"));
        plan.Graphs[1].Nodes[0].ShouldBeOfType<ScopeNode>().Leaf.ShouldBe(2);
    }

    [Fact]
    public void A_loop_sees_its_iteration_in_the_condition_that_ends_it()
    {
        var plan = Document.Accepted("""
            nodes:
              - { name: limit, constant: 3 }
              - name: poll
                loop:
                  until: { and: [{ ">": [{ var: output.n }, { var: limit }] }, { var: previous }, { var: iteration }, { $ref: input/go }] }
                  nodes: [{ name: check, step: x }]
              - name: thrice
                loop: { maxIterations: 3, initial: 7, nodes: [{ name: check, step: x, input: { $ref: iteration } }] }
            """);
        var poll = plan.Node<LoopNode>("poll");
        (poll.MaxIterations, poll.FailsAtMaxIterations, poll.Body).ShouldBe((100, true, 1));
        poll.DependsOn.ShouldBe([0]);
        poll.Initial.Source().ShouldBe(new(SourceKind.RunInput));
        poll.Until.ShouldNotBeNull().Variables.Select(one => (one.Key, one.Value.Source())).ShouldBe(
            [("output", new(SourceKind.Output)), ("limit", new(SourceKind.Output, 1, 0)), ("previous", new(SourceKind.Input)), ("iteration", new(SourceKind.Ordinal)), ("$0", new(SourceKind.RunInput))],
            ignoreOrder: true);
        poll.Until.Logic.GetRawText().ShouldBe("""{"and":[{">":[{"var":"output.n"},{"var":"limit"}]},{"var":"previous"},{"var":"iteration"},{"var":"$0"}]}""");
        plan.Graphs[1].Drawn().ShouldBe("0 iteration iteration [] to 2\n  1 step check []");
        var thrice = plan.Node<LoopNode>("thrice");
        (thrice.MaxIterations, thrice.FailsAtMaxIterations, thrice.Until, thrice.Body).ShouldBe((3, false, null, 2));
        thrice.Initial.ShouldBeOfType<Template.Literal>().Value.GetInt32().ShouldBe(7);
    }

    [Fact]
    public void A_subsaga_is_inlined_under_its_name_and_has_an_input_of_its_own()
    {
        var plan = Document.Accepted("""
            nodes:
              - { name: a, step: x }
              - name: net
                subsaga:
                  plan:
                    nodes:
                      - { name: vpc, step: x, input: "v-${input/region}" }
                      - name: each
                        map: { over: { $ref: input/all }, nodes: [{ name: one, step: x, input: [{ $ref: input }, { $ref: vpc }] }] }
                      - { name: a, step: x }
                    output: { $ref: vpc/id }
                  input: { region: { $ref: a/region } }
            """);
        plan.Root.Drawn().ShouldBe("""
            0 step a []
            1 subsaga net [0] to 5
              2 step net/vpc []
              3 map net/each [2] to 4
              4 step net/a []
            """);
        var net = plan.Node<ScopeNode>("net");
        net.Input.ShouldBeOfType<Template.Members>();
        net.Output.Source().ShouldBe(new(SourceKind.Output, 0, 2));
        plan.Node<StepNode>("net/vpc").Input.ShouldBeOfType<Template.Interpolation>().Parts[1].Source().ShouldBe(new(SourceKind.Input, 0, 1));
        plan.Node<StepNode>("net/a").Input.Source().ShouldBe(new(SourceKind.Input, 0, 1));
        plan.Node<StepNode>("one", 1).Input.ShouldBeOfType<Template.Elements>().Items.Select(item => item.Source())
            .ShouldBe([new(SourceKind.Input, 1, 1), new(SourceKind.Output, 1, 2)]);
        plan.Leaf.ShouldBe(1);
    }

    [Fact]
    public void A_subsaga_may_be_a_registered_definition_whose_plan_is_kept()
    {
        var network = PlanReader.ToJson("--- {name: network, nodes: [{name: vpc, step: x}]}", out _);
        var options = new PlanReading { Definitions = (kind, version) => (kind, version) == ("network", 2) ? network : null };
        var plan = Document.Accepted("--- {nodes: [{name: net, subsaga: {kind: network, version: 2}}]}", options);
        plan.Root.Drawn().ShouldBe("0 subsaga net [] to 2\n  1 step net/vpc []");
        plan.Json.ShouldBe("""{"nodes":[{"name":"net","subsaga":{"plan":{"name":"network","nodes":[{"name":"vpc","step":"x","dependsOn":[]}]}},"dependsOn":[]}]}""");
    }

    [Fact]
    public void Graphs_in_graphs_count_their_levels()
    {
        var plan = Document.Accepted("""
            nodes:
              - { name: top, step: x }
              - name: outer
                map:
                  over: [1]
                  nodes:
                    - { name: mid, step: x }
                    - name: r
                      route:
                        cases:
                          - when: { var: item }
                            nodes:
                              - name: inner
                                loop:
                                  nodes: [{ name: leaf, step: x, input: [{ $ref: top }, { $ref: mid }, { $ref: item }, { $ref: index }, { $ref: previous }, { $ref: iteration }] }]
            """);
        plan.Node<StepNode>("leaf", 2).Input.ShouldBeOfType<Template.Elements>().Items.Select(item => item.Source()).ShouldBe(
        [
            new(SourceKind.Output, 2, 0), new(SourceKind.Output, 1, 1), new(SourceKind.Input, 1), new(SourceKind.Ordinal, 1), new(SourceKind.Input), new(SourceKind.Ordinal),
        ]);
        plan.Graphs[1].Drawn().ShouldBe("""
            0 item item [] to 5
              1 step mid []
              2 route r [1] to 5
                3 branch r/case-0 [] to 5
                  4 loop r/case-0/inner [] to 5
            """);
        plan.Root.Nodes[1].DependsOn.ShouldBe([0]);
        plan.Node<LoopNode>("r/case-0/inner", 1).Initial.ShouldBeOfType<Template.Reference>().Written.ShouldBe("item");
        plan.NodeCount.ShouldBe(9);
    }
}
