using System.Text.Json;
using Saga.StateMachines.Logic;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Logic;

/// <summary>What holds for every rule and all data.</summary>
public sealed class Logic_properties
{
    [Fact]
    public void No_rule_throws_on_any_data() => Always((rule, data) =>
    {
        var result = JsonLogic.Evaluate(rule, data);
        result.Value.ValueKind.ShouldNotBe(JsonValueKind.Undefined);
        if (result.Problem is not null)
        {
            result.Value.ValueKind.ShouldBe(JsonValueKind.Null);
        }
    });

    [Fact]
    public void The_same_rule_and_data_give_the_same_value() => Always((rule, data) =>
        JsonLogic.Evaluate(rule, data).Value.GetRawText().ShouldBe(JsonLogic.Evaluate(rule, data).Value.GetRawText()));

    [Fact]
    public void No_negation_agrees_with_the_truth() => Always((rule, data) =>
    {
        var result = JsonLogic.Evaluate(rule, data);
        // A number that JSON cannot hold is null outside, and true or not inside.
        if (result.Problem is null && result.Value.ValueKind != JsonValueKind.Null)
        {
            JsonLogic.Evaluate(Rules.Of($$"""{"!": [{{rule.GetRawText()}}]}"""), data).IsTruthy.ShouldBe(!result.IsTruthy);
        }
    });

    [Fact]
    public void A_rule_without_problems_has_no_unknown_operator_and_is_not_too_deep() => Always((rule, data) =>
    {
        if (JsonLogic.Check(rule).Count == 0)
        {
            (JsonLogic.Evaluate(rule, data).Problem is null or LogicProblemCode.TooManyOperations).ShouldBeTrue();
        }
    });

    [Fact]
    public void A_rule_without_problems_reads_nothing_but_its_variables() => Always((rule, data) =>
    {
        if (JsonLogic.Check(rule).Count == 0 && data.ValueKind == JsonValueKind.Object)
        {
            var variables = JsonLogic.Variables(rule);
            var read = data.EnumerateObject().Where(property => variables.Contains(property.Name));
            JsonLogic.Evaluate(rule, Rules.Of($"{{{string.Join(',', read)}}}")).Value.GetRawText()
                .ShouldBe(JsonLogic.Evaluate(rule, data).Value.GetRawText());
        }
    });

    [Fact]
    public void Fewer_operations_give_the_same_value_or_none() => Property.HoldsFor<(byte[] Rule, byte[] Data, byte Operations)>(random =>
    {
        var (rule, data) = (RandomRule.Of(random.Rule), RandomRule.DataOf(random.Data));
        var full = JsonLogic.Evaluate(rule, data);
        var result = JsonLogic.Evaluate(rule, data, random.Operations);
        if (result.Problem != LogicProblemCode.TooManyOperations)
        {
            result.Value.GetRawText().ShouldBe(full.Value.GetRawText());
            result.Problem.ShouldBe(full.Problem);
        }
    });

    private static void Always(Action<JsonElement, JsonElement> law) => Property.HoldsFor<(byte[] Rule, byte[] Data)>(random =>
        law(RandomRule.Of(random.Rule), RandomRule.DataOf(random.Data)));
}
