using Saga.StateMachines.Logic;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Logic;

public sealed class When_a_rule_is_checked
{
    [Theory]
    [InlineData("true")]
    [InlineData("""{"a": {"nope": 1}, "b": {"var": ""}}""")]
    [InlineData("""{"if": [{"==": [{"var": "vpc.id"}, null]}, {"missing": ["a", "b.c"]}, {"missing_some": [1, ["a", "b"]]}]}""")]
    [InlineData("""{"var": ["a", {"var": "b"}]}""")]
    [InlineData("""{"var": 0}""")]
    [InlineData("""{"missing": [["a", "b"]]}""")]
    [InlineData("""{"missing": ["a", ["b", 7]]}""")]
    [InlineData("""{"missing_some": [1, [["a", "b"]]]}""")]
    [InlineData("""{"missing": []}""")]
    [InlineData("""{"missing_some": [{"var": "n"}, ["a"]]}""")]
    [InlineData("""{"map": [{"var": "l"}, {"var": ""}]}""")]
    [InlineData("""{"reduce": [{"var": "l"}, {"var": {"cat": ["accum", "ulator"]}}, {"var": "start"}]}""")]
    [InlineData("""{"some": [{"var": "l"}, {"all": [{"var": {"var": "name"}}, {"var": null}]}]}""")]
    [InlineData("""{"log": {"substr": [{"cat": ["a", 1]}, 0]}}""")]
    public void Has_nothing_to_say_about_a_good_one(string rule) => JsonLogic.Check(Rules.Of(rule)).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"nope": 1}""", "/nope")]
    [InlineData("""{"if": [true, {"nope": 1}]}""", "/if/1/nope")]
    [InlineData("""{"!": {"nope": 1}}""", "/!/nope")]
    [InlineData("""[1, [2, {"nope": 1}]]""", "/1/1/nope")]
    [InlineData("""{"map": [[1], {"nope": {"var": ""}}]}""", "/map/1/nope")]
    [InlineData("""{"var": ["a", {"nope": 1}]}""", "/var/1/nope")]
    [InlineData("""{"/": [{"a~b": 1}, 2]}""", "/~1/0/a~0b")]
    [InlineData("""{"": 1}""", "/")]
    public void Points_at_an_unknown_operator(string rule, string pointer)
    {
        var problem = JsonLogic.Check(Rules.Of(rule)).ShouldHaveSingleItem();
        problem.Code.ShouldBe("unknown_operator");
        problem.Pointer.ShouldBe(pointer);
    }

    [Fact]
    public void Looks_inside_an_unknown_operator() =>
        JsonLogic.Check(Rules.Of("""{"nope": [{"neither": 1}, {"var": ""}]}""")).Select(problem => (problem.Code, problem.Pointer))
            .ShouldBe([("unknown_operator", "/nope"), ("unknown_operator", "/nope/0/neither"), ("computed_variable", "/nope/1/var")]);

    [Theory]
    [InlineData("fliter", "filter")]
    [InlineData("mising", "missing")]
    [InlineData("Var", "var")]
    [InlineData("subst", "substr")]
    [InlineData("missing-some", "missing_some")]
    [InlineData("=", "==")]
    [InlineData("&&", "and")]
    [InlineData("not", "!")]
    [InlineData("concat", "cat")]
    [InlineData("$ref", "var")]
    public void Names_the_operator_that_may_be_meant(string name, string meant) =>
        JsonLogic.Check(Rules.Of($$"""{"{{name}}": 1}""")).ShouldHaveSingleItem().Message
            .ShouldBe($"`{name}` is no operator. An object with a single property is an operation of JsonLogic. Did you mean `{meant}`?");

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("^")]
    public void Names_none_when_none_is_near(string name) =>
        JsonLogic.Check(Rules.Of($$"""{"{{name}}": 1}""")).ShouldHaveSingleItem().Message.ShouldBe(
            $"`{name}` is no operator. An object with a single property is an operation of JsonLogic. " +
            "The operators are listed at https://jsonlogic.com/operations.html; an object with several properties stands for itself.");

    [Fact]
    public void Shortens_a_long_name() =>
        JsonLogic.Check(Rules.Of($$"""{"{{new string('x', 1_000_000)}}": 1}""")).ShouldHaveSingleItem().Message
            .ShouldStartWith($"`{new string('x', 64)}…` is no");

    [Theory]
    [InlineData("""{"var": {"cat": ["a", "b"]}}""", "/var")]
    [InlineData("""{"var": [{"if": [true, "a", "b"]}, 1]}""", "/var/0")]
    [InlineData("""{"var": [["a"]]}""", "/var/0")]
    [InlineData("""{"var": {"a": 1, "b": 2}}""", "/var")]
    [InlineData("""{"missing": {"merge": ["a", "b"]}}""", "/missing")]
    [InlineData("""{"missing": ["a", {"cat": "b"}]}""", "/missing/1")]
    [InlineData("""{"missing": [["a", {"cat": "b"}]]}""", "/missing/0/1")]
    [InlineData("""{"missing": ["a", [{"cat": "b"}]]}""", "/missing/1/0")]
    [InlineData("""{"missing_some": [1, [["a", {"cat": "b"}]]]}""", "/missing_some/1/0/1")]
    [InlineData("""{"missing_some": [1, {"merge": ["a"]}]}""", "/missing_some/1")]
    [InlineData("""{"missing_some": [1, ["a", {"cat": "b"}]]}""", "/missing_some/1/1")]
    [InlineData("""{"map": [{"var": {"cat": "l"}}, {"var": ""}]}""", "/map/0/var")]
    [InlineData("""{"reduce": [[1], {"var": ""}, {"var": {"cat": "l"}}]}""", "/reduce/2/var")]
    public void Refuses_a_name_that_is_computed(string rule, string pointer)
    {
        var problem = JsonLogic.Check(Rules.Of(rule)).ShouldHaveSingleItem();
        problem.Code.ShouldBe("computed_variable");
        problem.Pointer.ShouldBe(pointer);
        problem.Message.ShouldStartWith("The name of a variable is computed.");
    }

    [Theory]
    [InlineData("""{"var": ""}""", "/var")]
    [InlineData("""{"var": null}""", "/var")]
    [InlineData("""{"var": []}""", "/var")]
    [InlineData("""{"var": ["", 1]}""", "/var/0")]
    [InlineData("""{"var": ".a"}""", "/var")]
    [InlineData("""{"missing": ""}""", "/missing")]
    [InlineData("""{"missing": ["a", null]}""", "/missing/1")]
    [InlineData("""{"filter": [{"var": ""}, {"var": ""}]}""", "/filter/0/var")]
    public void Refuses_a_name_that_is_empty(string rule, string pointer)
    {
        var problem = JsonLogic.Check(Rules.Of(rule)).ShouldHaveSingleItem();
        problem.Code.ShouldBe("computed_variable");
        problem.Pointer.ShouldBe(pointer);
        problem.Message.ShouldStartWith("The name of a variable is empty.");
    }

    [Fact]
    public void Refuses_a_rule_that_is_too_deep_to_be_evaluated()
    {
        JsonLogic.Check(Rules.Of(Rules.Nested(256, """{"!": """, "1", "}"))).ShouldBeEmpty();
        var twice = $"[{Rules.Nested(256, """{"!": """, "1", "}")}, {Rules.Nested(256, "[", "1", "]")}]";
        var problem = JsonLogic.Check(Rules.Of(twice)).ShouldHaveSingleItem();
        problem.Code.ShouldBe("rule_too_deep");
        problem.Pointer.ShouldBe("/0" + Rules.Nested(255, "/!", "", ""));
        problem.Message.ShouldContain("256");
    }

    [Fact]
    public void Lists_no_more_than_a_hundred_problems() =>
        JsonLogic.Check(Rules.Of($"[{string.Join(',', Enumerable.Repeat("""{"nope": 1}""", 1000))}]")).Count.ShouldBe(100);
}
