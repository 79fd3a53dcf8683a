using System.Text;
using System.Text.Json;
using Saga.StateMachines.Logic;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Logic;

/// <summary>JSON that parsers accept and that .NET's readers of it throw for.</summary>
public sealed class When_json_is_odd
{
    [Theory]
    [InlineData("""{"cat": ["\ud83d", "x"]}""", "null", "\"\ufffdx\"")]
    [InlineData("""{"substr": ["\ud83dabc", 1]}""", "null", "\"abc\"")]
    [InlineData("""{"==": ["\ud83d", "\ud83d"]}""", "null", "true")]
    [InlineData("""{"var": "a"}""", """{"a": "\ud83d"}""", """
        "\ud83d"
        """)]
    [InlineData("""{"var": "\ud83d"}""", """{"\ud83d": 1}""", "1")]
    [InlineData("""{"var": "\ud83d"}""", """{"x": 1}""", "null")]
    [InlineData("""{"var": "x\ud83d"}""", """{"x\ud83d": 1, "x": 2}""", "1")]
    [InlineData("""[{"var": "a"}, 1]""", """{"a": {"\ud83d": "\ud83d"}}""", """[{"\ud83d": "\ud83d"},1]""")]
    public void Half_a_character_is_a_character(string rule, string data, string value)
    {
        var result = Rules.Evaluate(rule, data);
        result.Problem.ShouldBeNull();
        result.Value.GetRawText().ShouldBe(value);
        JsonLogic.Check(Rules.Of(rule)).ShouldBeEmpty();
        JsonLogic.Variables(Rules.Of(rule)).Count.ShouldBeLessThan(2);
    }

    [Fact]
    public void An_operator_of_half_a_character_is_unknown() =>
        JsonLogic.Check(Rules.Of("""{"\ud83d": 1}""")).ShouldHaveSingleItem().Code.ShouldBe("unknown_operator");

    [Fact]
    public void An_operator_may_be_written_with_escapes() =>
        Rules.Evaluate("""{"\u0076ar": "\u0061"}""", """{"a": 1}""").Value.GetInt32().ShouldBe(1);

    [Fact]
    public void Bytes_that_are_no_text_are_the_replacement_character()
    {
        using var data = JsonDocument.Parse(new byte[] { (byte)'"', 0xff, (byte)'"' });
        JsonLogic.Evaluate(Rules.Of("""{"cat": [{"var": ""}, "x"]}"""), data.RootElement).Value.GetString().ShouldBe("\ufffdx");
        JsonLogic.Evaluate(data.RootElement, default).Problem.ShouldBeNull();
    }

    [Fact]
    public void A_number_may_be_larger_than_any()
    {
        Rules.Evaluate("""{">": [1e999, 1e308]}""").Value.GetBoolean().ShouldBeTrue();
        Rules.Evaluate("""{"+": [1e999]}""").Value.ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void A_number_that_is_only_passed_on_keeps_its_digits() =>
        Rules.Evaluate("""{"if": [true, {"var": "n"}]}""", """{"n": 12345678901234567890123}""").Value.GetRawText().ShouldBe("12345678901234567890123");

    [Fact]
    public void Comments_and_trailing_commas_do_no_harm()
    {
        var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
        using var data = JsonDocument.Parse("[1, /* two */ 2,]", options);
        JsonElement.DeepEquals(JsonLogic.Evaluate(Rules.Of("""[{"var": ""}]"""), data.RootElement).Value, Rules.Of("[[1,2]]")).ShouldBeTrue();
    }

    [Fact]
    public void What_was_never_parsed_is_null()
    {
        JsonLogic.Evaluate(default, default).ShouldSatisfyAllConditions(
            result => result.Problem.ShouldBeNull(),
            result => result.Value.ValueKind.ShouldBe(JsonValueKind.Null));
        JsonLogic.IsTruthy(default).ShouldBeFalse();
        JsonLogic.Check(default).ShouldBeEmpty();
        JsonLogic.Variables(default).ShouldBeEmpty();
    }

    [Fact]
    public void The_value_outlives_the_documents()
    {
        LogicResult result;
        using (var data = JsonDocument.Parse(Encoding.UTF8.GetBytes("""{"a": {"b": [1, "x"]}}""")))
        {
            result = JsonLogic.Evaluate(Rules.Of("""{"var": "a"}"""), data.RootElement);
        }

        result.Value.GetRawText().ShouldBe("""{"b": [1, "x"]}""");
    }
}
