using Saga.StateMachines.Definitions;
using Saga.StateMachines.Tests.Definitions.Support;
using Shouldly;
using Xunit;
using static Saga.StateMachines.Tests.Definitions.Support.Built;

namespace Saga.StateMachines.Tests.Definitions;

public sealed class When_a_handle_leaks
{
    [Fact]
    public void A_node_inside_of_another_is_not_seen_outside() =>
        Refusal(plan =>
        {
            Node<string> leaked = null!;
            plan.ForEach("zones", () => plan.Input.Zones, zone => leaked = zone.Step("check", OrderSteps.Check));
            plan.Step("use", OrderSteps.Check, () => leaked.Output);
        }).ShouldBe(
            "Definition `sample v1`, input of node `use`: `leaked.Output` reads node `check`, which is in the body of node `zones` and cannot be seen from "
            + "the plan of definition `sample v1`. Return it from the body and read the output of the node that contains it.");

    [Fact]
    public void A_branch_does_not_see_its_sibling() =>
        Refusal(plan =>
        {
            Node<string> leaked = null!;
            plan.Route("size")
                .When("a", () => plan.Input.Urgent, branch => leaked = branch.Step("check", OrderSteps.Check, () => plan.Input.Id))
                .Otherwise(branch => branch.Step("use", OrderSteps.Check, () => leaked.Output));
        }).ShouldContain("`leaked.Output` reads node `check`, which is in the body of node `size`");

    [Fact]
    public void An_item_is_not_seen_outside_of_its_map() =>
        Refusal(plan =>
        {
            ItemBody<string> leaked = null!;
            plan.ForEach("zones", () => plan.Input.Zones, zone =>
            {
                leaked = zone;
                zone.Constant("c", 1);
            });
            plan.Returns(() => leaked.Item);
        }).ShouldContain("output: `leaked.Item` reads `item`, which is in the body of node `zones`");

    [Fact]
    public void Another_plan_is_not_seen()
    {
        Node<int> leaked = null!;
        Plan(other => leaked = other.Constant("other", 1));
        Refusal(plan => plan.Value("use", () => leaked.Output)).ShouldContain("`leaked.Output` reads node `other` of another plan, sample v1");
    }

    [Fact]
    public void A_node_that_is_not_there_yet_is_named() =>
        Refusal(plan =>
        {
            Node<int> later = null!;
            plan.Value("use", () => later.Output);
        }).ShouldContain("`later.Output` reads a handle that is null when the definition is built. Add the node first.");

    [Fact]
    public void The_outer_item_is_not_mistaken_for_the_inner_one() =>
        Refusal(plan => plan.ForEach("outer", () => plan.Input.Lines, line =>
            line.ForEach("inner", () => plan.Input.Zones, zone => zone.Step("check", OrderSteps.Check, () => line.Item.Sku)))).ShouldContain(
            "`line.Item` reads the outer one of two meanings of `item`. From there a plan sees only the inner one. Give it a name with `Value` in the outer body, and read that.");

    [Fact]
    public void The_outer_node_is_not_mistaken_for_an_inner_one_of_its_name() =>
        Refusal(plan =>
        {
            var check = plan.Step("check", OrderSteps.Check, () => plan.Input.Id);
            plan.ForEach("zones", () => plan.Input.Zones, zone =>
            {
                zone.Step("use", OrderSteps.Check, () => check.Output);
                zone.Step("check", OrderSteps.Check);
            });
        }).ShouldContain("input of node `use`: `check.Output` reads the outer one of two nodes named `check`");

    [Fact]
    public void A_node_goes_into_the_body_at_hand() =>
        Refusal(plan => plan.ForEach("zones", () => plan.Input.Zones, _ => plan.Constant("c", 1))).ShouldBe(
            "Node `c` of definition `sample v1` is added in the plan of definition `sample v1` from the body of node `zones`. Use the parameter of the innermost lambda.");

    [Fact]
    public void A_plan_that_is_complete_takes_no_nodes()
    {
        PlanBuilder<Order> leaked = null!;
        Plan(plan =>
        {
            leaked = plan;
            plan.Constant("c", 1);
        });
        Should.Throw<PlanDefinitionException>(() => leaked.Constant("d", 1)).Message.ShouldContain("when the plan is complete. Add it in `Build`.");
    }

    [Fact]
    public void Nothing_waits_for_a_node_inside_of_another_or_around_it()
    {
        Refusal(plan =>
        {
            Node leaked = null!;
            plan.ForEach("zones", () => plan.Input.Zones, zone => leaked = zone.Constant("a", 1));
            plan.Constant("b", 1).After(leaked);
        }).ShouldContain("is to come after node `a`, which is in the body of node `zones`");
        Refusal(plan =>
        {
            Node leaked = null!;
            var zones = plan.ForEach("zones", () => plan.Input.Zones, zone => leaked = zone.Constant("a", 1));
            leaked.After(zones);
        }).ShouldContain("is to come after `zones`, which it is inside of. That would never happen.");
    }

    [Fact]
    public void A_body_has_one_result() =>
        Refusal(plan =>
        {
            plan.Returns(() => 1);
            plan.Returns(() => 2);
        }).ShouldBe("The result in the plan of definition `sample v1` is given twice. A body has one result. Remove one of them.");
}
