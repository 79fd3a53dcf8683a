using Saga.StateMachines.Definitions;
using Saga.StateMachines.Tests.Definitions.Support;
using Shouldly;
using Xunit;
using static Saga.StateMachines.Tests.Definitions.Support.Built;

namespace Saga.StateMachines.Tests.Definitions;

public sealed class When_an_expression_is_refused
{
    [Fact]
    public void The_message_names_the_definition_the_node_the_expression_and_the_remedy()
    {
        var refused = Should.Throw<PlanDefinitionException>(() =>
            Plan(plan => plan.Step("pack", OrderSteps.Ship, () => new Shipment { Address = plan.Input.Id.ToUpperInvariant() })));
        refused.Message.ShouldBe(
            "Definition `sample v1`, input of node `pack`: `plan.Input.Id.ToUpperInvariant()` calls `String.ToUpperInvariant`, which has no counterpart in a plan. "
            + "Compute it in a step, and read the step's output.");
        refused.Definition.ShouldBe("sample v1");
        refused.Node.ShouldBe("pack");
        refused.Expression.ShouldBe("plan.Input.Id.ToUpperInvariant()");
    }

    [Fact]
    public void A_method_with_a_handle_inside_is_never_run() =>
        RefusalOf(plan => Reverse(plan.Input.Id)).ShouldContain("`Reverse(plan.Input.Id)` calls `When_an_expression_is_refused.Reverse`");

    [Fact]
    public void Members_that_are_not_in_the_json_cannot_be_read()
    {
        RefusalOf(plan => plan.Input.Secret).ShouldContain("`plan.Input.Secret` reads `Secret`, which is not in the JSON of `Order`");
        RefusalOf(plan => plan.Input.Due.Year).ShouldContain("`plan.Input.Due.Year` reads `Year`, which is not in the JSON of `DateTimeOffset`");
    }

    [Fact]
    public void What_would_compare_otherwise_is_not_compared()
    {
        RefusalOf(plan => plan.Input.Due == DateTimeOffset.UnixEpoch).ShouldContain("compares values of `DateTimeOffset`");
        RefusalOf(plan => plan.Input.Customer == Guid.Empty).ShouldContain("compares values of `Guid`");
        RefusalOf(plan => plan.Input.Main == new Line("a", 1, null)).ShouldContain("compares values of `Line`");
        RefusalOf(plan => plan.Input.Due < DateTimeOffset.UnixEpoch).ShouldContain("orders values of `DateTimeOffset`");
        RefusalOf(plan => plan.Input.Color > Color.Red).ShouldContain("orders values of `Color`");
        RefusalOf(plan => plan.Input.Named > Size.Small).ShouldContain("orders values of `Size`");
        RefusalOf(plan => plan.Input.Grade > 'A').ShouldContain("orders values of `Char`");
        RefusalOf(plan => plan.Input.Region.StartsWith("eu", StringComparison.OrdinalIgnoreCase)).ShouldContain("Use `StringComparison.Ordinal`");
        RefusalOf(plan => plan.Input.Lines.Contains(new Line("a", 1, null))).ShouldContain("looks for a value of `Line`");
        RefusalOf(plan => plan.Input.Zones.Contains("A", StringComparer.OrdinalIgnoreCase)).ShouldContain("compares with a comparer");
    }

    [Fact]
    public void What_would_compute_otherwise_is_not_computed()
    {
        RefusalOf(plan => plan.Input.Price * 2).ShouldContain("computes with `Decimal`");
        RefusalOf(plan => plan.Input.Discount + 1).ShouldContain("computes with a value that may be null. Say what null counts as, for example with `?? 0`.");
        RefusalOf(plan => plan.Input.Count << 1).ShouldContain("uses `LeftShift`");
        RefusalOf(plan => (int)plan.Input.Weight).ShouldContain("converts `Double` to `Int32`, which changes the value");
        RefusalOf(plan => (int)plan.Input.Color).ShouldContain("converts `Color` to `Int32`");
    }

    [Fact]
    public void What_would_be_written_otherwise_is_not_put_into_text()
    {
        RefusalOf(plan => $"{plan.Input.Urgent}").ShouldContain("puts a `Boolean` into text. JSON writes it otherwise than C#. Say what you mean: `flag ? \"true\" : \"false\"`.");
        RefusalOf(plan => $"{plan.Input.Due}").ShouldContain("puts a `DateTimeOffset` into text");
        RefusalOf(plan => $"{plan.Input.Size}").ShouldContain("puts a `Size` into text");
        RefusalOf(plan => $"{plan.Input.Count:D3}").ShouldContain("formats a value of the run with `:D3`");
    }

    [Fact]
    public void Rules_make_no_objects()
    {
        RefusalOf(plan => plan.Input.Urgent ? new Line(plan.Input.Id, 1, null) : null).ShouldContain("makes an object in a rule. JsonLogic has no objects. Choose with `Route`");
        RefusalOf(plan => plan.Input.Zones.Select(zone => new { zone })).ShouldContain("makes an object in a rule");
        RefusalOf(plan => plan.Input.Spare == null).ShouldContain("`plan.Input.Spare` may be missing, and is an object then");
    }

    [Fact]
    public void A_lambda_over_a_list_sees_only_the_element()
    {
        RefusalOf(plan => plan.Input.Zones.Any(zone => zone == plan.Input.Id)).ShouldContain("`plan.Input` is read inside a lambda over a list");
        RefusalOf(plan => plan.Input.Lines.Any(line => plan.Input.Zones.Any(zone => zone == line.Sku))).ShouldContain("is read inside a lambda over a list");
        Func<string, bool> prepared = zone => zone == "a";
        RefusalOf(plan => plan.Input.Zones.Any(prepared)).ShouldContain("`prepared` is no lambda of one parameter");
    }

    [Fact]
    public void What_is_no_list_in_json_is_none_in_a_plan()
    {
        RefusalOf(plan => plan.Input.Region.Any(letter => letter == 'a')).ShouldContain("takes a `String` for a list, which is none in JSON");
        RefusalOf(plan => plan.Input.Labels.Any()).ShouldContain("takes a `IReadOnlyDictionary`2` for a list");
        RefusalOf(plan => plan.Input.Labels.Count).ShouldContain("reads `Count`, which is not in the JSON");
        RefusalOf(plan => plan.Input.Bytes.Length).ShouldContain("uses `ArrayLength`");
        RefusalOf(plan => plan.Input.Bytes[0]).ShouldContain("takes a `Byte[]` for a list");
        Refusal(plan => plan.ForEach("each", () => plan.Input.Labels, each => each.Constant("c", 1))).ShouldContain("over of node `each`: `plan.Input.Labels` is a `IReadOnlyDictionary`2`");
    }

    [Fact]
    public void Paths_are_fixed()
    {
        RefusalOf(plan => plan.Input.Zones[plan.Input.Count]).ShouldContain("has an index that is computed in the run");
        RefusalOf(plan => plan.Input.Labels[plan.Input.Id]).ShouldContain("is a key that is computed in the run");
    }

    [Fact]
    public void Objects_whose_form_is_not_known_are_not_made()
    {
        RefusalOf(plan => new Uri(plan.Input.Id)).ShouldContain("makes a `Uri`, whose form in JSON is not that of its members");
        RefusalOf(plan => new Hidden(plan.Input.Id)).ShouldContain("passes `text` to a constructor, and `Hidden` has no property of that name in JSON");
        RefusalOf(plan => new Cat { Name = plan.Input.Id }).ShouldContain("discriminator");
        RefusalOf(plan => new Shipment { Address = "a", Size = plan.Input.Size }).ShouldContain("which has a JSON converter of its own");
    }

    [Fact]
    public void Code_that_fails_when_it_is_evaluated_is_named()
    {
        string? nothing = null;
        RefusalOf(plan => new { plan.Input.Id, nothing!.Length }).ShouldContain("`nothing.Length` reads nothing of the run, was therefore evaluated when the definition was built, and failed");
    }

    [Fact]
    public void A_handle_read_outside_of_a_lambda_says_so() =>
        Refusal(plan => plan.Constant("id", plan.Input.Id)).ShouldBe(
            "A lambda is missing: the input of the plan was read while the definition is built. It has a value only when a run follows the plan. "
            + "Read it directly inside a lambda that is given to a node, not in code that prepares one.");

    private static string Reverse(string text) => new([.. text.Reverse()]);

    public sealed class Hidden(string text)
    {
        public int Length => text.Length;
    }

    [System.Text.Json.Serialization.JsonDerivedType(typeof(Cat), "cat")]
    public class Animal
    {
        public required string Name { get; init; }
    }

    public sealed class Cat : Animal
    {
        public int Lives { get; init; }
    }
}
