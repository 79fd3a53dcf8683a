using System.Text.Json;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_an_input_refers_to_something
{
    private const string Input = """{"region":"eu","n":3,"deep":{"list":[{"a/b":1},{"x~y":null}]},"none":null}""";
    private const string Output = """{"id":7,"tags":["p","q"]}""";

    [Theory]
    [InlineData("""{"$ref":"input/deep/list/0/a~1b"}""", "1")]
    [InlineData("""{"$ref":"input/deep/list/1/x~0y"}""", "null")]
    [InlineData("""{"$ref":"v/tags/1"}""", "\"q\"")]
    [InlineData("""{"$ref":"v"}""", Output)]
    [InlineData("""{"$ref":"v/none","default":{"d":1}}""", """{"d":1}""")]
    [InlineData("""{"$ref":"v/id","default":1}""", "7")]
    [InlineData("""{"$ref":"skip/id"}""", "null")]
    [InlineData("""{"a":[1,{"$ref":"v/id"},{"b":{"$ref":"input/n"}}]}""", """{"a":[1,7,{"b":3}]}""")]
    [InlineData("\"vpc-${input/region}-${v/id}-${input/none}-$${x}\"", "\"vpc-eu-7--${x}\"")]
    [InlineData("\"${v/tags}\"", "\"[\\u0022p\\u0022,\\u0022q\\u0022]\"")]
    [InlineData("""{"$ref":"v/tags/01","default":"none"}""", "\"none\"")]
    [InlineData("""{"\u0024ref":"v/tags/0"}""", "\"p\"")]
    [InlineData("""{"$logic":{"cat":[{"\u0024ref":"v/id"},{"v\u0061r":"input.n"}]}}""", "\"73\"")]
    [InlineData("""{"\u0024logic":{"+":[{"\u0024\u0072ef":"v/id"},1]}}""", "8")]
    [InlineData("""{"\u0024literal":{"\u0024ref":"v"}}""", """{"\u0024ref":"v"}""")]
    [InlineData("""{"$ref":"input/no","d\u0065fault":5}""", "5")]
    [InlineData("""{"$logic":{"cat":[{"$ref":"v/id"},"$0","$$0"]}}""", "\"7$0$$0\"")]
    [InlineData("""{"$logic":{"missing_some":[1,[["v.none","v.no"]]]}}""", """["v.none","v.no"]""")]
    [InlineData("""{"$logic":{"+":[{"var":"v.id"},{"var":"input.n"},{"$ref":"v/id"}]}}""", "17")]
    [InlineData("""{"$logic":{"if":[{"missing":["input.region"]},"no",{"var":["v.none","else"]}]}}""", "\"else\"")]
    [InlineData("""{"$literal":{"$ref":"v"}}""", """{"$ref":"v"}""")]
    [InlineData("""{"$ref":"run/id"}""", "\"00000000-0000-0000-0000-000000000042\"")]
    [InlineData("""{"$ref":"context/key"}""", "\"put\"")]
    public void Is_what_is_found_there(string input, string expected)
    {
        var walk = Of(input).Begin();
        walk.Accept(walk.Success("v", Output) with { Put = new Dictionary<string, JsonElement> { ["key"] = JsonElement.Parse("\"put\"") } });
        walk.InputOf("use").ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"$ref":"v/nothing"}""")]
    [InlineData("""{"$ref":"v/tags/2"}""")]
    [InlineData("""{"$ref":"v/tags/-"}""")]
    [InlineData("""{"$ref":"v/id/x"}""")]
    [InlineData("""{"$ref":"v/tags/01"}""")]
    [InlineData("""{"$ref":"v/tags/00"}""")]
    [InlineData("""{"$ref":"v/tags/+1"}""")]
    [InlineData("""{"$ref":"v/tags/ 1"}""")]
    [InlineData("""{"$ref":"v/tags/"}""")]
    [InlineData("""{"$ref":"v/tags/99999999999"}""")]
    [InlineData("""{"$ref":"input/deep/list/01/x~0y"}""")]
    [InlineData("\"${v/tags/01}\"")]
    [InlineData("""{"$ref":"context/nothing"}""")]
    [InlineData("\"a ${input/nothing}\"")]
    [InlineData("""{"a":[{"$ref":"v/id"},{"$ref":"v/nothing"}]}""")]
    public void Fails_the_node_when_nothing_is_there(string input)
    {
        var walk = Of(input).Begin().Succeed("v", Output);

        walk.State.Error!.Reason.ShouldBe("step_failed:use");
        walk.Ledger.OfType<LedgerChange.NodeFailed>().Single().Code.ShouldBe("unresolved_reference");
        walk.Sent[^1].ShouldBe("compensate v");
    }

    /// <summary>Nothing in the text of a rule can reach what stands behind its references.</summary>
    [Fact]
    public void A_key_of_the_context_may_be_called_like_a_variable_of_the_product()
    {
        var walk = Of("""{"$logic":{"cat":[{"$ref":"v/id"},{"var":"context.$0"},{"map":[[{"$ref":"v/id"}],{"var":"$0"}]}]}}""").Begin();
        walk.Accept(walk.Success("v", Output) with { Put = new Dictionary<string, JsonElement> { ["$0"] = JsonElement.Parse("\"put\"") } });
        walk.InputOf("use").ShouldBe("\"7put\"");
    }

    [Theory]
    [InlineData("""{ "a" : [ 1.0, 1E2, -0, 0.10 ] , "b\/" : "\u00e9\u002F\"" }""", """{"a":[1,100,0,0.1],"b/":"é/\""}""")]
    [InlineData("""[ 12345678901234567890.10, 1e400, 0.1000000000000000055511151231257827, 1e-7 ]""", "[12345678901234567890.1,1e+400,0.1000000000000000055511151231257827,1e-7]")]
    [InlineData("9007199254740993.0", "9007199254740993")]
    [InlineData("1.50e1", "15")]
    [InlineData("\"\\u0061 b\"", "a b")]
    [InlineData(""" [ ] """, "[]")]
    [InlineData(""" { "\u0061" : { } } """, """{"a":{}}""")]
    [InlineData("true", "true")]
    [InlineData("[\"\\n\\u000a\\u001F\\\\\"]", "[\"\\n\\n\\u001f\\\\\"]")]
    [InlineData("null", "")]
    [InlineData("[\"\\ud83d\\ude00\", \"\\u003c\"]", "[\"😀\",\"<\"]")]
    public void Json_in_a_text_is_written_in_one_way_however_it_was_sent(string output, string text) =>
        JsonElement.Parse(Of("\"${v}\"").Begin().Succeed("v", output).InputOf("use")!).GetString().ShouldBe(text);

    [Theory]
    [InlineData("""{"$ref":"input"}""", "null")]
    [InlineData("""{"$ref":"input","default":1}""", "null")]
    [InlineData("""{"$ref":"input/x","default":1}""", "1")]
    [InlineData("\"${input}\"", "\"\"")]
    [InlineData("""{"$logic":{"var":["input.x",2]}}""", "2")]
    [InlineData("null", "null")]
    public void A_run_may_be_given_null(string input, string expected) =>
        Walk.OfJson($$"""{"name":"use","step":"use","input":{{input}}}""", "null").Begin().InputOf("use").ShouldBe(expected);

    [Fact]
    public void Nothing_is_in_the_null_that_a_run_was_given() =>
        Walk.OfJson("""{"name":"use","step":"use","input":{"$ref":"input/x"}}""", "null").Begin()
            .Ledger.OfType<LedgerChange.NodeFailed>().Single().Code.ShouldBe("unresolved_reference");

    [Theory]
    [InlineData("""{"name":"c","child":{"kind":"k","input":null}}""")]
    [InlineData("""{"name":"c","step":"x","input":null}""")]
    public void Null_is_handed_on_as_null(string node) => Walk.OfJson(node).Begin().Commands.Single().Input!.Value.ValueKind.ShouldBe(JsonValueKind.Null);

    [Fact]
    public void A_failure_as_a_run_begins_starts_no_other_node_behind_it()
    {
        var walk = Walk.OfJson("""{"name":"a","step":"x","input":{"$ref":"input/no"}},{"name":"b","step":"y"},{"name":"s","sleep":"PT1H"}""").Begin();

        walk.State.Status.ShouldBe(RunStatus.RolledBack);
        walk.Sent.ShouldBeEmpty();
        walk.State.Nodes.ToString().ShouldBe("f1p2");
    }

    [Fact]
    public void A_failure_as_a_node_starts_waits_for_what_started_before_it()
    {
        var walk = Walk.OfJson("""{"name":"a","step":"x"},{"name":"s","sleep":"PT1H"},{"name":"b","step":"y","input":{"$ref":"input/no"}}""").Begin();
        walk.State.Status.ShouldBe(RunStatus.Running);
        walk.StatusOf("s").ShouldBe(NodeStatus.Skipped);

        walk.Succeed("a").Compensate("a").State.Status.ShouldBe(RunStatus.RolledBack);
    }

    [Fact]
    public void The_run_returns_what_its_output_says_and_nothing_when_that_is_nowhere()
    {
        Walk.OfJson("""{"name":"a","step":"x"}""", rest: ""","output":{"id":{"$ref":"a/id"}}""").Begin().Succeed("a", """{"id":1}""")
            .Last.Output!.Value.GetRawText().ShouldBe("""{"id":1}""");
        var walk = Walk.OfJson("""{"name":"a","step":"x"}""", rest: ""","output":{"id":{"$ref":"a/id"}}""").Begin().Succeed("a", "{}");
        walk.State.Status.ShouldBe(RunStatus.Completed);
        walk.Last.Output.ShouldBeNull();
    }

    [Fact]
    public void The_deepest_context_can_be_read()
    {
        var deep = new string('[', 55) + new string(']', 55);
        var walk = Of("""{"$ref":"context"}""").Begin();
        var put = new Dictionary<string, JsonElement> { ["deep"] = JsonElement.Parse(deep), ["other"] = JsonElement.Parse("1") };

        walk.Accept(walk.Success("v") with { Put = put }).InputOf("use").ShouldBe($$"""{"deep":{{deep}},"other":1}""");
    }

    [Fact]
    public void A_context_that_an_earlier_release_let_grow_deeper_can_be_read()
    {
        var values = new RunValues(Guid.Empty, "{}", $$"""{"deep":{{new string('[', 200)}}"\ud800"{{new string(']', 200)}},"other":1}""");

        values.Context.GetProperty("other").GetInt32().ShouldBe(1);
        values.Context.GetProperty("deep").GetRawText().ShouldContain("\\uFFFD");
    }

    [Fact]
    public void A_rule_that_takes_too_long_fails_the_node()
    {
        var list = string.Join(',', Enumerable.Range(0, 2000));
        var walk = Walk.OfJson(
            """{"name":"a","step":"x","input":{"$logic":{"map":[{"var":"input.l"},{"reduce":[{"var":""},1,0]},{"map":[{"var":"input.l"},1]}]}}}""",
            $$"""{"l":[{{string.Join(',', Enumerable.Range(0, 200).Select(_ => $"[{list}]"))}}]}""").Begin();

        walk.State.Error!.Reason.ShouldBe("step_failed:x");
        walk.Ledger.OfType<LedgerChange.NodeFailed>().Single().Code.ShouldBe("rule_failed");
    }

    private static Walk Of(string input) => Walk.OfJson(
        $$$"""
        {"name":"v","step":"make"},
        {"name":"skip","route":{"cases":[{"when":false,"nodes":[{"name":"s","step":"x"}]}]}},
        {"name":"use","step":"use","input":{{{input}}},"dependsOn":["v","skip"]}
        """,
        Input);
}
