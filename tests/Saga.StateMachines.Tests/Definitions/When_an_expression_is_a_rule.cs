using Saga.StateMachines.Tests.Definitions.Support;
using Shouldly;
using Xunit;
using static Saga.StateMachines.Tests.Definitions.Support.Built;

namespace Saga.StateMachines.Tests.Definitions;

public sealed class When_an_expression_is_a_rule
{
    [Fact]
    public void Equality_is_strict()
    {
        Rule(plan => plan.Input.Region == "eu").ShouldBe("""{"===":[{"var":"input.region"},"eu"]}""");
        Rule(plan => plan.Input.Count != 3).ShouldBe("""{"!==":[{"var":"input.count"},3]}""");
        Rule(plan => plan.Input.Urgent == true).ShouldBe("""{"===":[{"var":"input.urgent"},true]}""");
        Rule(plan => plan.Input.Grade == 'A').ShouldBe("""{"===":[{"var":"input.grade"},"A"]}""");
        Rule(plan => plan.Input.Region.Equals(plan.Input.Id)).ShouldBe("""{"===":[{"var":"input.region"},{"var":"input.id"}]}""");
    }

    [Fact]
    public void Enums_are_compared_as_they_are_written()
    {
        var large = Size.Large;
        Rule(plan => plan.Input.Size == large).ShouldBe("""{"===":[{"var":"input.size"},1]}""");
        Rule(plan => Color.Blue == plan.Input.Color).ShouldBe("""{"===":["Blue",{"var":"input.color"}]}""");
        Rule(plan => plan.Input.Named == Size.Large).ShouldBe("""{"===":[{"var":"input.named"},"Large"]}""");
        Rule(plan => plan.Input.Maybe == Size.Large).ShouldBe("""{"===":[{"var":"input.maybe"},1]}""");
        Rule(plan => plan.Input.Size > Size.Small).ShouldBe("""{">":[{"var":"input.size"},0]}""");
    }

    [Fact]
    public void Null_is_nothing_and_in_no_order()
    {
        Rule(plan => plan.Input.Note == null).ShouldBe("""{"===":[{"var":"input.note"},null]}""");
        Rule(plan => plan.Input.Discount.HasValue).ShouldBe("""{"!==":[{"var":"input.discount"},null]}""");
        Rule(plan => plan.Input.Discount < 5).ShouldBe("""{"and":[{"!==":[{"var":"input.discount"},null]},{"<":[{"var":"input.discount"},5]}]}""");
        Rule(plan => plan.Input.Discount!.Value >= 5).ShouldBe("""{">=":[{"var":"input.discount"},5]}""");
        Rule(plan => plan.Input.Note ?? "none").ShouldBe("""{"if":[{"!==":[{"var":"input.note"},null]},{"var":"input.note"},"none"]}""");
        Rule(plan => (plan.Input.Discount ?? 0) * 2)
            .ShouldBe("""{"*":[{"if":[{"!==":[{"var":"input.discount"},null]},{"var":"input.discount"},0]},2]}""");
    }

    [Fact]
    public void What_may_be_missing_has_its_default() =>
        Rule(plan => plan.Input.Limit > 2).ShouldBe("""{">":[{"var":["input.limit",3]},2]}""");

    [Fact]
    public void Conditions_are_combined()
    {
        Rule(plan => plan.Input.Urgent && !(plan.Input.Count <= 2 || plan.Input.Weight > 1.5))
            .ShouldBe("""{"and":[{"var":"input.urgent"},{"!":[{"or":[{"<=":[{"var":"input.count"},2]},{">":[{"var":"input.weight"},1.5]}]}]}]}""");
        Rule(plan => plan.Input.Urgent ? "fast" : plan.Input.Region)
            .ShouldBe("""{"if":[{"var":"input.urgent"},"fast",{"var":"input.region"}]}""");
        Rule(plan => plan.Input.Urgent ^ plan.Input.Count == 0).ShouldBe("""{"!==":[{"var":"input.urgent"},{"===":[{"var":"input.count"},0]}]}""");
    }

    [Fact]
    public void Arithmetic_is_that_of_csharp()
    {
        Rule(plan => -plan.Input.Count + 1 - 2 * plan.Input.Count)
            .ShouldBe("""{"-":[{"+":[{"-":[{"var":"input.count"}]},1]},{"*":[2,{"var":"input.count"}]}]}""");
        Rule(plan => plan.Input.Count % 3).ShouldBe("""{"%":[{"var":"input.count"},3]}""");
        Rule(plan => plan.Input.Weight / 2).ShouldBe("""{"/":[{"var":"input.weight"},2]}""");
        Rule(plan => plan.Input.Count / 2)
            .ShouldBe("""{"/":[{"-":[{"var":"input.count"},{"%":[{"var":"input.count"},2]}]},2]}""");
        Rule(plan => (double)plan.Input.Count / 2).ShouldBe("""{"/":[{"var":"input.count"},2]}""");
        Rule(plan => Math.Max(plan.Input.Count, 3)).ShouldBe("""{"max":[{"var":"input.count"},3]}""");
    }

    [Fact]
    public void Text_is_tested()
    {
        Rule(plan => plan.Input.Region.Contains("eu")).ShouldBe("""{"in":["eu",{"var":"input.region"}]}""");
        Rule(plan => plan.Input.Region.StartsWith("eu-", StringComparison.Ordinal))
            .ShouldBe("""{"===":[{"substr":[{"var":"input.region"},0,3]},"eu-"]}""");
        Rule(plan => plan.Input.Region.EndsWith('1')).ShouldBe("""{"===":[{"substr":[{"var":"input.region"},-1]},"1"]}""");
        Rule(plan => string.IsNullOrEmpty(plan.Input.Note)).ShouldBe("""{"or":[{"===":[{"var":"input.note"},null]},{"===":[{"var":"input.note"},""]}]}""");
        Rule(plan => plan.Input.Region.Length > 3).ShouldBe("""{">":[{"var":"input.region.length"},3]}""");
        Rule(plan => plan.Input.Region + "!" == "eu!").ShouldBe("""{"===":[{"cat":[{"var":"input.region"},"!"]},"eu!"]}""");
    }

    [Fact]
    public void Lists_are_asked()
    {
        Rule(plan => plan.Input.Zones.Contains("a")).ShouldBe("""{"in":["a",{"var":"input.zones"}]}""");
        Rule(plan => plan.Input.Tags.Contains("a")).ShouldBe("""{"in":["a",{"var":"input.tags"}]}""");
        Rule(plan => new[] { "a", "b" }.Contains(plan.Input.Id)).ShouldBe("""{"in":[{"var":"input.id"},["a","b"]]}""");
        Rule(plan => plan.Input.Lines.Any()).ShouldBe("""{"!!":[{"var":"input.lines"}]}""");
        Rule(plan => plan.Input.Lines.Any(line => line.Amount > 1)).ShouldBe("""{"some":[{"var":"input.lines"},{">":[{"var":"amount"},1]}]}""");
        Rule(plan => plan.Input.Zones.Any(zone => zone == "a")).ShouldBe("""{"some":[{"var":"input.zones"},{"===":[{"var":""},"a"]}]}""");
    }

    [Fact]
    public void All_of_nothing_is_true_as_in_csharp() =>
        Rule(plan => plan.Input.Lines.All(line => line.Amount > 1)).ShouldBe("""{"!":[{"some":[{"var":"input.lines"},{"!":[{">":[{"var":"amount"},1]}]}]}]}""");

    [Fact]
    public void Lists_are_made_of_lists()
    {
        Rule(plan => plan.Input.Lines.Where(line => line.Text == null).Select(line => line.Sku).ToList())
            .ShouldBe("""{"map":[{"filter":[{"var":"input.lines"},{"===":[{"var":"text"},null]}]},{"var":"sku"}]}""");
        Rule(plan => plan.Input.Zones.Concat(plan.Input.Tags)).ShouldBe("""{"merge":[{"var":"input.zones"},{"var":"input.tags"}]}""");
    }

    [Fact]
    public void Lists_are_counted_and_summed()
    {
        const string Count = """{"reduce":[{"var":"input.lines"},{"+":[{"var":"accumulator"},1]},0]}""";
        Rule(plan => plan.Input.Lines.Count).ShouldBe(Count);
        Rule(plan => plan.Input.Lines.Count()).ShouldBe(Count);
        Rule(plan => plan.Input.Tags.Length).ShouldBe("""{"reduce":[{"var":"input.tags"},{"+":[{"var":"accumulator"},1]},0]}""");
        Rule(plan => plan.Input.Lines.Sum(line => line.Amount))
            .ShouldBe("""{"reduce":[{"var":"input.lines"},{"+":[{"var":"accumulator"},{"var":"current.amount"}]},0]}""");
    }

    [Fact]
    public void A_name_with_a_dot_is_a_reference() =>
        Rule(plan => plan.Input.Odd == "x").ShouldBe("""{"===":[{"$ref":"input/a.b~1c~0d"},"x"]}""");
}
