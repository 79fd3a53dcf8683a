using Saga.StateMachines.Logic;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Logic;

public sealed class When_a_rule_is_asked_for_its_variables
{
    [Theory]
    [InlineData("""{"var": "a"}""", "a")]
    [InlineData("""{"var": "a.b.c"}""", "a")]
    [InlineData("""{"var": ["a.b", {"var": "c"}]}""", "a c")]
    [InlineData("""{"var": 1}""", "1")]
    [InlineData("""{"var": 1.5}""", "1")]
    [InlineData("""{"var": "$0"}""", "$0")]
    [InlineData("""{"==": [{"var": "b.x"}, {"var": "a"}, {"var": "b.y"}]}""", "b a")]
    [InlineData("""{"missing": ["a.x", "b"]}""", "a b")]
    [InlineData("""{"missing": "a"}""", "a")]
    [InlineData("""{"missing": [["a", "b"], "c"]}""", "a b")]
    [InlineData("""{"missing": ["a", ["b", "c"]]}""", "a b")]
    [InlineData("""{"missing_some": [1, [["a.x", "b"], "c"]]}""", "a b")]
    [InlineData("""{"missing_some": [{"var": "n"}, ["a.x", "b"]]}""", "a b n")]
    [InlineData("""[{"var": "a"}, [{"!": {"var": "b"}}]]""", "a b")]
    [InlineData("""{"nope": {"var": "a"}}""", "a")]
    public void Names_what_it_reads_at_the_top_of_the_data(string rule, string variables) =>
        JsonLogic.Variables(Rules.Of(rule)).ShouldBe(variables.Split(' '));

    [Theory]
    [InlineData("""{"map": [{"var": "l"}, {"var": "x"}]}""", "l")]
    [InlineData("""{"reduce": [{"var": "l.m"}, {"+": [{"var": "current"}, {"var": "accumulator"}]}, {"var": "start"}]}""", "l start")]
    [InlineData("""{"all": [{"filter": [{"var": "l"}, {"missing": "x"}]}, {"some": [{"var": "y"}, {"var": "z"}]}]}""", "l")]
    public void Leaves_out_what_belongs_to_an_element(string rule, string variables) =>
        JsonLogic.Variables(Rules.Of(rule)).ShouldBe(variables.Split(' '));

    [Theory]
    [InlineData("1")]
    [InlineData("""{"var": ""}""")]
    [InlineData("""{"var": []}""")]
    [InlineData("""{"var": {"cat": ["a", "b"]}}""")]
    [InlineData("""{"missing": {"merge": ["a"]}}""")]
    [InlineData("""{"a": {"var": "x"}, "b": 1}""")]
    public void Names_nothing_where_nothing_is_named(string rule) => JsonLogic.Variables(Rules.Of(rule)).ShouldBeEmpty();

    [Fact]
    public void Names_what_a_computed_name_is_made_of() =>
        JsonLogic.Variables(Rules.Of("""{"var": {"cat": ["a.", {"var": "i"}]}}""")).ShouldBe(["i"]);
}
