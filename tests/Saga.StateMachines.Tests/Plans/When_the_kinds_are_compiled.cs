using System.Text.Json;
using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

public sealed class When_the_kinds_are_compiled
{
    [Fact]
    public void A_step_has_defaults()
    {
        var step = Document.Accepted("--- {nodes: [{name: vpc, step: create-vpc}]}").Node<StepNode>("vpc");
        (step.Step, step.Input, step.Retry, step.Compensation).ShouldBe(("create-vpc", null, RetryPolicy.ForExecution, CompensationPolicy.Default));
    }

    [Fact]
    public void A_step_says_how_it_is_tried_again_and_compensated()
    {
        var plan = Document.Accepted("""
            nodes:
              - { name: a, step: x, compensation: none }
              - { name: b, step: x, compensation: irreversible, dependsOn: [c] }
              - name: c
                step: x
                dependsOn: [a]
                retry: { maxAttempts: 1, backoff: fixed, initial: PT0.5S, max: PT2M, jitter: false, nonRetryable: [quota] }
                compensation: { input: { id: { $ref: output/id }, a: { $ref: a } }, retry: { maxAttempts: 9 } }
            """);
        plan.Node<StepNode>("a").Compensation.Mode.ShouldBe(CompensationMode.None);
        plan.Node<StepNode>("b").Compensation.Mode.ShouldBe(CompensationMode.Irreversible);
        var c = plan.Node<StepNode>("c");
        c.Retry.ShouldBe(new RetryPolicy(1, Backoff.Fixed, TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(2), Jitter: false, ["quota"]));
        c.Compensation.Retry.ShouldBe(RetryPolicy.ForCompensation with { MaxAttempts = 9 });
        c.Compensation.Input.ShouldBeOfType<Template.Members>().Items.Select(item => ((Template.Reference)item.Value).From)
            .ShouldBe([new(SourceKind.Output, 0, 1), new(SourceKind.Output, 0, 0)]);
    }

    [Theory]
    [InlineData("{initial: PT5M}", 300, 300)]
    [InlineData("{max: PT0.5S}", 0.5, 0.5)]
    [InlineData("{max: PT1H}", 1, 3600)]
    public void A_wait_that_is_given_alone_moves_the_default_of_the_other(string retry, double initial, double max)
    {
        var policy = Document.Accepted($"--- {{nodes: [{{name: a, step: x, retry: {retry}}}]}}").Node<StepNode>("a").Retry;
        (policy.Initial.TotalSeconds, policy.Max.TotalSeconds).ShouldBe((initial, max));
    }

    [Fact]
    public void A_constant_is_not_interpreted() =>
        Document.Accepted("--- {nodes: [{name: a, constant: {$ref: nowhere, n: '${b}'}}]}").Node<ConstantNode>("a").Value.GetRawText()
            .ShouldBe("""{"$ref":"nowhere","n":"${b}"}""");

    [Fact]
    public void A_sleep_lasts_for_a_time_or_until_a_moment()
    {
        var plan = Document.Accepted("--- {nodes: [{name: a, sleep: PT10M}, {name: b, sleep: {until: 2027-01-31T08:00:00Z}}, {name: c, sleep: {for: '${input/wait}'}}]}");
        plan.Node<SleepNode>("a").For.ShouldBeOfType<Template.Literal>().Value.GetString().ShouldBe("PT10M");
        plan.Node<SleepNode>("b").Until.ShouldBeOfType<Template.Literal>().Value.GetString().ShouldBe("2027-01-31T08:00:00Z");
        plan.Node<SleepNode>("c").For.ShouldBeOfType<Template.Interpolation>();
    }

    [Fact]
    public void A_signal_may_be_one_name_or_several_with_a_timeout()
    {
        var plan = Document.Accepted("""
            nodes:
              - { name: a, signal: approved }
              - { name: b, signal: { name: approved } }
              - { name: c, signal: { names: [approved, rejected], mode: all, timeout: P1D, onTimeout: default, default: null } }
            """);
        plan.Node<SignalNode>("a").Names.ShouldBe(["approved"]);
        plan.Node<SignalNode>("a").Timeout.ShouldBeNull();
        plan.Node<SignalNode>("b").Names.ShouldBe(["approved"]);
        var c = plan.Node<SignalNode>("c");
        c.Names.ShouldBe(["approved", "rejected"]);
        (c.WaitsForAll, c.OnTimeout).ShouldBe((true, SignalTimeout.Default));
        c.Default!.Value.ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void A_child_follows_a_definition_or_a_plan_of_its_own()
    {
        var plan = Document.Accepted("""
            nodes:
              - { name: a, child: { kind: network, version: 2, input: { $ref: input/net }, join: settled } }
              - { name: b, child: { plan: { nodes: [{ name: in, step: x }, { step: x, name: out }], sequential: true } } }
            """);
        var a = plan.Node<ChildNode>("a");
        (a.Definition, a.Version, a.Document, a.JoinsSettled).ShouldBe(("network", 2, null, true));
        a.Input.ShouldBeOfType<Template.Reference>().Path.ShouldBe(["net"]);
        var b = plan.Node<ChildNode>("b");
        (b.Definition, b.Input, b.JoinsSettled).ShouldBe((null, null, false));
        b.Document!.Value.GetRawText().ShouldBe("""{"nodes":[{"name":"in","step":"x","dependsOn":[]},{"name":"out","step":"x","dependsOn":["in"]}]}""");
        PlanReader.Read(b.Document.Value).IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public void Templates_become_what_they_give()
    {
        var items = Document.Accepted("""
            nodes:
              - name: a
                step: x
                input:
                  - { plain: [1, { b: null }] }
                  - { $ref: "input/a~1b/~0/0", default: [] }
                  - { $literal: { $ref: nowhere } }
                  - { nested: { $literal: 5 } }
                  - "a ${input} $${b} ${run/id}"
                  - "$${only}"
                  - { $logic: 5 }
            """).Node<StepNode>("a").Input.ShouldBeOfType<Template.Elements>().Items;
        items[0].ShouldBeOfType<Template.Literal>().Value.GetRawText().ShouldBe("""{"plain":[1,{"b":null}]}""");
        var reference = items[1].ShouldBeOfType<Template.Reference>();
        reference.Path.ShouldBe(["a/b", "~", "0"]);
        reference.Default!.Value.GetRawText().ShouldBe("[]");
        reference.Written.ShouldBe("input/a~1b/~0/0");
        items[2].ShouldBeOfType<Template.Literal>().Value.GetRawText().ShouldBe("""{"$ref":"nowhere"}""");
        items[3].ShouldBeOfType<Template.Members>().Items[0].Value.ShouldBeOfType<Template.Literal>().Value.GetInt32().ShouldBe(5);
        items[4].ShouldBeOfType<Template.Interpolation>().Parts.Select(part => part is Template.Literal text ? text.Value.GetString() : ((Template.Reference)part).Written)
            .ShouldBe(["a ", "input", " ${b} ", "run/id"]);
        items[5].ShouldBeOfType<Template.Literal>().Value.GetString().ShouldBe("${only}");
        items[6].ShouldBeOfType<Template.Rule>().Variables.ShouldBeEmpty();
    }
}
