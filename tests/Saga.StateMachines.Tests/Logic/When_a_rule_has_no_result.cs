using System.Text.Json;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Logic;

/// <summary>What JavaScript has a value for, and JSON not.</summary>
public sealed class When_a_rule_has_no_result
{
    [Theory]
    [InlineData("""{"/": [1, 0]}""", "Infinity", true)]
    [InlineData("""{"/": [-1, 0]}""", "-Infinity", true)]
    [InlineData("""{"/": [0, 0]}""", "NaN", false)]
    [InlineData("""{"%": [7, 0]}""", "NaN", false)]
    [InlineData("""{"+": ["abc"]}""", "NaN", false)]
    [InlineData("""{"-": []}""", "NaN", false)]
    [InlineData("""{"max": []}""", "-Infinity", true)]
    [InlineData("""{"min": []}""", "Infinity", true)]
    [InlineData("""{"+": [1e400, 1]}""", "1000000", true)]
    [InlineData("""{"*": [1e200, 1e200]}""", "1e+400", true)]
    [InlineData("""{"*": []}""", "undefined", false)]
    [InlineData("""{"and": []}""", "undefined", false)]
    [InlineData("""{"log": []}""", "undefined", false)]
    [InlineData("""[1, {"/": [1, 0]}]""", "Infinity", true)]
    [InlineData("""{"map": [[0, 1], {"/": [1, {"var": ""}]}]}""", "Infinity", true)]
    [InlineData("""{"substr": ["\ud83d\ude00", 0, 1]}""", "half of a surrogate pair", true)]
    public void Says_what_it_comes_to_and_whether_that_is_true(string rule, string none, bool isTruthy)
    {
        var result = Rules.Evaluate(rule);
        result.Problem.ShouldBeNull();
        result.NoResult.ShouldNotBeNull().ShouldStartWith(none);
        result.IsTruthy.ShouldBe(isTruthy);
    }

    [Theory]
    [InlineData("""{"+": []}""")]
    [InlineData("""{"if": []}""")]
    [InlineData("""{"var": "no"}""")]
    [InlineData("""{"merge": []}""")]
    [InlineData("""{"max": [1]}""")]
    [InlineData("""{"if": [{"/": [1, 0]}, "infinite", "finite"]}""")]
    [InlineData("""{"cat": [{"/": [1, 0]}]}""")]
    [InlineData("""{"+": [1.7e308, 1]}""")]
    public void Has_one_when_json_has_a_value_for_it(string rule)
    {
        var result = Rules.Evaluate(rule);
        result.Problem.ShouldBeNull();
        result.NoResult.ShouldBeNull();
        result.Value.ValueKind.ShouldNotBe(JsonValueKind.Undefined);
    }
}
