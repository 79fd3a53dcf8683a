using System.Text.Json;
using Saga.StateMachines.Definitions;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Tests.Definitions.Support;
using Shouldly;
using Xunit;
using static Saga.StateMachines.Tests.Definitions.Support.Built;

namespace Saga.StateMachines.Tests.Definitions;

public sealed class When_a_plan_is_built
{
    [Fact]
    public void A_step_has_its_input() =>
        Nodes(plan => plan.Step("check", OrderSteps.Check, () => plan.Input.Id)).ShouldBe("""{"name":"check","step":"check","input":{"$ref":"input/id"}}""");

    [Fact]
    public void A_step_without_input_receives_the_value_at_hand() =>
        Nodes(plan =>
        {
            plan.Step("accept", OrderSteps.Accept);
            plan.Step("take", OrderSteps.Take);
        }).ShouldBe("""{"name":"accept","step":"accept"},{"name":"take","step":"take"}""");

    [Fact]
    public void Reading_an_output_is_a_reference_and_so_a_dependency() =>
        Nodes(plan =>
        {
            var accept = plan.Step("accept", OrderSteps.Accept);
            plan.Step("check", OrderSteps.Check, () => accept.Output.Sku);
        }).ShouldEndWith("""{"name":"check","step":"check","input":{"$ref":"accept/sku"}}""");

    [Fact]
    public void After_is_a_dependency_without_data() =>
        Nodes(plan =>
        {
            var a = plan.Constant("a", 1);
            plan.Constant("b", 2).After(a);
        }).ShouldEndWith("""{"name":"b","dependsOn":["a"],"constant":2}""");

    [Fact]
    public void After_a_group_is_after_all_of_it() =>
        Nodes(plan =>
        {
            var both = plan.Parallel(
                a => a.Constant("a", 1),
                b => b.Constant("b", 2));
            var more = plan.Parallel(plan.Constant("c", 3), both);
            plan.Constant("d", 4).After(more);
        }).ShouldEndWith("""{"name":"d","dependsOn":["c","a","b"],"constant":4}""");

    [Fact]
    public void After_something_further_out_makes_the_node_around_wait() =>
        Nodes(plan =>
        {
            var a = plan.Constant("a", 1);
            plan.ForEach("each", () => plan.Input.Zones, zone => zone.Constant("b", 2).After(a));
        }).ShouldContain("""{"name":"each","dependsOn":["a"],"map":""");

    [Fact]
    public void Retries_and_compensation_say_only_what_is_set() =>
        Nodes(plan => plan.Step("ship", OrderSteps.Ship, () => new Shipment { Address = "a", Parcels = 2, Marks = null!, Label = plan.Input.Id })
            .Retry(maxAttempts: 5, backoff: Backoff.Linear, initial: TimeSpan.FromSeconds(2), max: TimeSpan.FromMinutes(3), jitter: false, nonRetryable: ["gone"])
            .Compensation(compensation => compensation.Input(line => new { line.Sku, plan.Input.Id }).Retry(maxAttempts: 9))).ShouldBe(
            """{"name":"ship","step":"ship","input":{"parcels":2,"marks":null,"address":"a","label":{"$ref":"input/id"}}"""
            + ""","retry":{"maxAttempts":5,"backoff":"linear","initial":"PT2S","max":"PT3M","jitter":false,"nonRetryable":["gone"]}"""
            + ""","compensation":{"input":{"sku":{"$ref":"output/sku"},"id":{"$ref":"input/id"}},"retry":{"maxAttempts":9}}}""");

    [Fact]
    public void A_step_may_have_nothing_to_compensate_or_no_way_to() =>
        Nodes(plan =>
        {
            plan.Step("a", OrderSteps.Take).Compensation(compensation => compensation.None());
            plan.Step("b", OrderSteps.Take).Compensation(compensation => compensation.Irreversible());
        }).ShouldBe("""{"name":"a","step":"take","compensation":"none"},{"name":"b","step":"take","compensation":"irreversible"}""");

    [Fact]
    public void A_constant_is_never_interpreted() =>
        Nodes(plan => plan.Constant("c", new Dictionary<string, string> { ["$ref"] = "${x}" })).ShouldBe("""{"name":"c","constant":{"$ref":"${x}"}}""");

    [Fact]
    public void A_value_is_a_route_that_is_always_taken() =>
        Nodes(plan => plan.Value("double", () => plan.Input.Count * 2)).ShouldBe(
            """{"name":"double","route":{"cases":[{"when":true,"nodes":[{"name":"value","constant":null}],"output":{"$logic":{"*":[{"var":"input.count"},2]}}}]}}""");

    [Fact]
    public void A_sleep_has_a_duration_or_a_moment() =>
        Nodes(plan =>
        {
            plan.Sleep("a", TimeSpan.FromMinutes(10));
            plan.Sleep("b", () => plan.Input.Region);
            plan.SleepUntil("c", new DateTimeOffset(2027, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)));
            plan.SleepUntil("d", () => plan.Input.Due);
        }).ShouldBe(
            """{"name":"a","sleep":{"for":"PT10M"}},{"name":"b","sleep":{"for":{"$ref":"input/region"}}},"""
            + """{"name":"c","sleep":{"until":"2027-01-02T03:04:05+02:00"}},{"name":"d","sleep":{"until":{"$ref":"input/due"}}}""");

    [Fact]
    public void A_wait_is_for_one_any_or_all_of_several_signals() =>
        Nodes(plan =>
        {
            var one = plan.WaitFor<Line>("one", "approved");
            plan.WaitForAny<Line>("any", "approved", "rejected").Within(TimeSpan.FromDays(1)).ElseUse(new Line("a", 1));
            plan.WaitForAll<JsonElement>("all", "a", "b").Within(() => plan.Input.Region).ElseContinue();
            plan.Value("sku", () => new { one.Output.Payload!.Sku, one.Output.TimedOut, First = one.Output.Signals[0].Name });
        }).ShouldStartWith(
            """{"name":"one","signal":{"names":["approved"]}},"""
            + """{"name":"any","signal":{"names":["approved","rejected"],"timeout":"P1D","onTimeout":"default","default":{"sku":"a","amount":1,"text":null}}},"""
            + """{"name":"all","signal":{"names":["a","b"],"mode":"all","timeout":{"$ref":"input/region"},"onTimeout":"continue"}},"""
            + """{"name":"sku","route":{"cases":[{"when":true,"nodes":[{"name":"value","constant":null}],"output":{"sku":{"$ref":"one/payload/sku"},"timedOut":{"$ref":"one/timedOut"},"first":{"$ref":"one/signals/0/name"}}}]}}""");

    [Fact]
    public void A_body_may_run_in_sequence() =>
        Plan(plan =>
        {
            plan.InSequence();
            plan.Constant("a", 1);
            plan.Constant("b", 2);
        }).ShouldBe("""{"nodes":[{"name":"a","constant":1},{"name":"b","constant":2}],"sequential":true}""");

    [Fact]
    public void A_plan_returns_what_it_says() =>
        Plan(plan =>
        {
            var a = plan.Constant("a", 1);
            plan.Returns(() => new { A = a.Output });
        }).ShouldBe("""{"nodes":[{"name":"a","constant":1}],"output":{"a":{"$ref":"a"}}}""");
}
