using Saga.StateMachines.Definitions;
using Saga.StateMachines.Tests.Definitions.Support;
using Shouldly;
using Xunit;
using static Saga.StateMachines.Tests.Definitions.Support.Built;

namespace Saga.StateMachines.Tests.Definitions;

public sealed class When_bodies_are_nested
{
    [Fact]
    public void A_map_has_a_body_for_each_item() =>
        Nodes(plan =>
        {
            var checks = plan.ForEach("checks", () => plan.Input.Lines, each =>
            {
                var check = each.Step("check", OrderSteps.Check, () => each.Item.Sku);
                return each.Returns(() => new { Result = check.Output, each.Index });
            }).MaxConcurrency(4);
            plan.Step("first", OrderSteps.Check, () => checks.Output[0].Result);
        }).ShouldBe(
            """{"name":"checks","map":{"over":{"$ref":"input/lines"},"maxConcurrency":4,"nodes":[{"name":"check","step":"check","input":{"$ref":"item/sku"}}]"""
            + ""","output":{"result":{"$ref":"check"},"index":{"$ref":"index"}}}},"""
            + """{"name":"first","step":"check","input":{"$ref":"checks/0/result"}}""");

    [Fact]
    public void A_map_may_collect_failures() =>
        Nodes(plan => plan.ForEachSettled("checks", () => new[] { "a", "b" }, each => each.Step("check", OrderSteps.Check)))
            .ShouldBe("""{"name":"checks","map":{"over":["a","b"],"failure":"collect","nodes":[{"name":"check","step":"check"}]}}""");

    [Fact]
    public void A_route_with_a_result_has_one_in_each_branch() =>
        Nodes(plan =>
        {
            var size = plan.Route("size")
                .When("large", () => plan.Input.Count > 10, branch => branch.Constant("l", "L"))
                .When(null, () => plan.Input.Count > 5, branch => branch.Constant("m", "M"))
                .Otherwise(branch => branch.Constant("s", "S"));
            plan.Step("check", OrderSteps.Check, () => size.Output);
        }).ShouldBe(
            """{"name":"size","route":{"cases":[{"name":"large","when":{">":[{"var":"input.count"},10]},"nodes":[{"name":"l","constant":"L"}],"output":{"$ref":"l"}},"""
            + """{"when":{">":[{"var":"input.count"},5]},"nodes":[{"name":"m","constant":"M"}],"output":{"$ref":"m"}}]"""
            + ""","default":{"nodes":[{"name":"s","constant":"S"}],"output":{"$ref":"s"}}}},"""
            + """{"name":"check","step":"check","input":{"$ref":"size"}}""");

    [Fact]
    public void A_route_may_have_no_result() =>
        Nodes(plan => plan.Route("maybe").When("urgent", () => plan.Input.Urgent, branch =>
        {
            branch.Step("a", OrderSteps.Check, () => plan.Input.Id);
            branch.Step("b", OrderSteps.Check, () => plan.Input.Id);
        })).ShouldStartWith("""{"name":"maybe","route":{"cases":[{"name":"urgent","when":{"var":"input.urgent"},"nodes":[{"name":"a",""");

    [Fact]
    public void A_loop_feeds_back_until_its_condition_holds() =>
        Nodes(plan => plan
            .Loop("poll", () => new Line(plan.Input.Id, 0, null), each => each.Step("take", new StepReference<Line, Line>("take"), () => new Line(each.Previous.Sku, each.Iteration, null)))
            .Until((output, previous, iteration) => output.Amount == previous.Amount || iteration > plan.Input.Count)
            .AtMost(20).ElseContinue()).ShouldBe(
            """{"name":"poll","loop":{"initial":{"sku":{"$ref":"input/id"},"amount":0,"text":null}"""
            + ""","until":{"or":[{"===":[{"var":"output.amount"},{"var":"previous.amount"}]},{">":[{"var":"iteration"},{"var":"input.count"}]}]}"""
            + ""","maxIterations":20,"onMaxIterations":"continue","nodes":[{"name":"take","step":"take","input":{"sku":{"$ref":"previous/sku"},"amount":{"$ref":"iteration"},"text":null}}],"output":{"$ref":"take"}}}""");

    [Fact]
    public void Three_levels_see_all_around_them() =>
        Nodes(plan =>
        {
            var region = plan.Constant("region", "eu");
            plan.ForEach("zones", () => plan.Input.Zones, zone =>
                zone.Route("kind").When("a", () => zone.Item == "a", branch =>
                    branch.Loop("poll", () => zone.Item, turn =>
                        turn.Step("check", OrderSteps.Check, () => $"{region.Output}{zone.Item}{turn.Previous}{plan.Input.Id}"))));
        }).ShouldEndWith(
            """{"name":"zones","map":{"over":{"$ref":"input/zones"},"nodes":[{"name":"kind","route":{"cases":[{"name":"a","when":{"===":[{"var":"item"},"a"]}"""
            + ""","nodes":[{"name":"poll","loop":{"initial":{"$ref":"item"},"nodes":[{"name":"check","step":"check","input":"${region}${item}${previous}${input/id}"}]"""
            + ""","output":{"$ref":"check"}}}],"output":{"$ref":"poll"}}]}}],"output":{"$ref":"kind"}}}""");

    [Fact]
    public void An_outer_item_is_carried_in_by_a_value() =>
        Nodes(plan => plan.ForEach("outer", () => plan.Input.Lines, line =>
        {
            var sku = line.Value("sku", () => line.Item.Sku);
            return line.ForEach("inner", () => plan.Input.Zones, zone => zone.Step("check", OrderSteps.Check, () => sku.Output + zone.Item));
        })).ShouldContain("""{"name":"check","step":"check","input":"${sku}${item}"}""");
}
