using Saga.StateMachines.Logic;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Logic;

/// <summary>Rules that would take too long, make too much, or go too deep, end with a problem.</summary>
public sealed class When_a_rule_is_too_much
{
    private static readonly string _thousand = $"[{string.Join(',', Enumerable.Range(0, 1000))}]";

    [Fact]
    public void Ends_when_the_operations_are_used_up()
    {
        var result = Rules.Evaluate("""{"+": [1, 2]}""", maxOperations: 2);
        result.Problem.ShouldBe("too_many_operations");
        result.Value.GetRawText().ShouldBe("null");
        result.IsTruthy.ShouldBeFalse();
        Rules.Evaluate("""{"+": [1, 2]}""", maxOperations: 4).Value.GetRawText().ShouldBe("3");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Needs_an_operation_at_least(int operations) =>
        Rules.Evaluate("1", maxOperations: operations).Problem.ShouldBe("too_many_operations");

    [Fact]
    public void Takes_as_many_operations_as_it_is_given() =>
        Rules.Evaluate($$$"""{"+": {{{_thousand}}}}""", maxOperations: int.MaxValue).Value.GetDouble().ShouldBe(499_500);

    [Fact]
    public void Walks_ten_thousand_elements_by_default() =>
        Rules.Evaluate("""{"map": [{"var": ""}, {"+": [{"var": "n"}, 1]}]}""", $"[{string.Join(',', Enumerable.Repeat("""{"n": 1}""", 10_000))}]")
            .Problem.ShouldBeNull();

    [Theory]
    [InlineData("""{"map": [{"var": ""}, {"map": [LIST, {"map": [LIST, {"var": ""}]}]}]}""")]
    [InlineData("""{"all": [{"var": ""}, {"all": [LIST, {"all": [LIST, true]}]}]}""")]
    [InlineData("""{"reduce": [{"var": ""}, {"merge": [{"var": "accumulator"}, {"var": "accumulator"}]}, [1]]}""")]
    [InlineData("""{"reduce": [{"var": ""}, {"cat": [{"var": "accumulator"}, {"var": "accumulator"}]}, "x"]}""")]
    [InlineData("""{"reduce": [{"var": ""}, {"cat": [[{"var": "accumulator"}, {"var": "accumulator"}]]}, "x"]}""")]
    [InlineData("""{"reduce": [{"var": ""}, {"merge": [{"var": "accumulator"}, LIST]}, []]}""")]
    public void Ends_before_it_grows_beyond_measure(string rule) =>
        Rules.Evaluate(rule.Replace("LIST", _thousand, StringComparison.Ordinal), _thousand).Problem.ShouldBe("too_many_operations");

    [Fact]
    public void Ends_when_a_value_that_shares_its_parts_would_be_written_out()
    {
        var fifty = $"[{string.Join(',', Enumerable.Range(0, 50))}]";
        const string Doubled = """{"reduce": [{"var": ""}, [{"var": "accumulator"}, {"var": "accumulator"}], 1]}""";
        Rules.Evaluate(Doubled, fifty).Problem.ShouldBe("too_many_operations");
        Rules.Evaluate($$"""{"cat": {{Doubled}}}""", fifty).Problem.ShouldBe("too_many_operations");
    }

    [Fact]
    public void Counts_a_long_text_each_time_it_is_read()
    {
        var data = $$"""{"long": "{{new string('x', 1_000_000)}}"}""";
        Rules.Evaluate("""{"==": [{"var": "long"}, "x"]}""", data).Problem.ShouldBeNull();
        var comparison = """{"==": [{"var": "long"}, "x"]},""";
        Rules.Evaluate($"[{string.Concat(Enumerable.Repeat(comparison, 100))} 0]", data).Problem.ShouldBe("too_many_operations");
    }

    [Fact]
    public void Ends_before_a_search_that_would_take_seconds()
    {
        var most = new string('a', 250_000);
        var data = $$"""{"part": "{{most}}b{{most}}", "whole": "{{most}}{{most}}{{most}}{{most}}"}""";
        Rules.Evaluate("""{"in": [{"var": "part"}, {"var": "whole"}]}""", data).Problem.ShouldBe("too_many_operations");
    }

    [Fact]
    public void Goes_as_deep_as_the_limit()
    {
        Rules.Evaluate(Rules.Nested(256, """{"+": [""", "1", ", 1]}")).Value.GetDouble().ShouldBe(257);
        Rules.Evaluate(Rules.Nested(257, """{"+": [""", "1", ", 1]}")).Problem.ShouldBe("too_deep");
        Rules.Evaluate(Rules.Nested(256, "[", "1", "]")).Problem.ShouldBeNull();
        Rules.Evaluate(Rules.Nested(257, "[", "1", "]")).Problem.ShouldBe("too_deep");
    }

    [Theory]
    [InlineData("""{"!": """, "}")]
    [InlineData("[", "]")]
    [InlineData("""{"if": [true, """, "]}")]
    [InlineData("""{"map": [[1], """, "]}")]
    [InlineData("""{"x": """, "}")]
    public void Does_not_exhaust_the_stack(string before, string after)
    {
        var rule = Rules.Of(Rules.Nested(10_000, before, "1", after));
        JsonLogic.Evaluate(rule, default).Problem.ShouldNotBeNull();
        JsonLogic.Check(rule).ShouldNotBeEmpty();
        JsonLogic.Variables(rule).ShouldBeEmpty();
    }

    [Fact]
    public void Passes_on_data_of_any_depth()
    {
        var deep = Rules.Nested(10_000, "[", "1", "]");
        Rules.Evaluate("""{"var": ""}""", deep).Value.GetRawText().ShouldBe(deep);
        Rules.Evaluate("""{"merge": [{"var": ""}, 1]}""", $"[{deep}]").Value.GetRawText().ShouldBe($"[{deep},1]");
        Rules.Evaluate("""{"cat": {"var": ""}}""", deep).Problem.ShouldBe("too_deep");
        Rules.Evaluate("""{"==": [{"var": ""}, 1]}""", deep).Problem.ShouldBe("too_deep");
        JsonLogic.IsTruthy(Rules.Of(deep)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"reduce": [{"var": ""}, [{"var": "accumulator"}], 1]}""")]
    [InlineData("""{"reduce": [{"var": ""}, {"var": ""}, 1]}""")]
    public void Does_not_build_a_value_deeper_than_the_limit(string rule) => Rules.Evaluate(rule, _thousand).Problem.ShouldBe("too_deep");

    [Theory]
    [InlineData("""{"no_such_operator": 1}""")]
    [InlineData("""{"$ref": "vpc/id"}""")]
    [InlineData("""{"": 1}""")]
    [InlineData("""{"VAR": "a"}""")]
    [InlineData("""[1, {"+": [{"no_such_operator": 1}, 2]}]""")]
    [InlineData("""{"map": [[1], {"no_such_operator": 1}]}""")]
    public void Ends_at_an_unknown_operator(string rule)
    {
        var result = Rules.Evaluate(rule);
        result.Problem.ShouldBe("unknown_operator");
        result.Value.GetRawText().ShouldBe("null");
    }
}
