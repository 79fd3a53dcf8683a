using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

/// <summary>JSON is read as JSON, by its name or its first character: YAML takes a trailing comma, and a start does not.</summary>
public sealed class When_a_document_is_json
{
    [Theory]
    [InlineData("{\"nodes\":[{\"name\":\"a\",\"step\":\"x\"},]}", 1, "line 1, column 35")]
    [InlineData("{\n  \"nodes\": [\n    {\"name\": \"ä🙂\", \"step\": \"x\",}\n]}", 3, "line 3, column 33")]
    [InlineData("\n\n  {\"nodes\": [], // none\n}", 3, "line 3, column 17")]
    [InlineData("{\"nodes\": [1 2]}", 1, "line 1, column 14")]
    [InlineData("{\"nodes\": \"a\nb\"}", 1, "line 1, column 13")]
    [InlineData("{\"nodes\": [", 1, "line 1, column 12")]
    [InlineData("{\"nodes\": []}\n{}", 2, "line 2, column 1")]
    [InlineData("[1,]", 1, "line 1, column 4")]
    [InlineData("\uFEFF{'nodes': []}", 1, "line 1, column 2")]
    public void Its_mistakes_are_those_of_json_with_line_and_column(string text, int line, string place)
    {
        var error = PlanReader.ReadText(text).Errors.ShouldHaveSingleItem();
        (error.Code, error.Line).ShouldBe(("invalid_json", line));
        error.Message.ShouldStartWith("The text is no JSON: ");
        error.Message.ShouldContain($"({place})");
        error.Message.ShouldEndWith("What begins with `{` or `[` is read as JSON. Correct it, or put `---` in a line before it if it is meant to be YAML.");
        error.Message.ShouldNotContain("BytePositionInLine");
        error.Message.ShouldNotContain("reader options");
    }

    [Theory]
    [InlineData("nodes: []")]
    [InlineData("# a comment\n{\"nodes\": []}")]
    [InlineData("")]
    public void What_is_json_by_its_name_is_no_yaml(string text)
    {
        var error = PlanReader.ReadText(text, new() { IsJson = true }).Errors.ShouldHaveSingleItem();
        (error.Code, error.Line).ShouldBe(("invalid_json", 1));
        error.Message.ShouldEndWith("It was given as JSON, by its name or its content type. Correct it, or give it as YAML.");
    }

    [Theory]
    [InlineData("--- {nodes: [{name: a, step: x},]}")]
    [InlineData("# a comment\n{nodes: [{name: a, step: x}]}")]
    public void Yaml_that_looks_like_json_is_marked_as_yaml(string text) => Document.Accepted(text).NodeCount.ShouldBe(1);

    [Theory]
    [InlineData("{\"nodes\": \"?\"}", 0xD800)]
    [InlineData("{\"nodes\": \"?\"}", 0)]
    [InlineData("nodes: ?", 0xDC00)]
    [InlineData("nodes: ?", 0)]
    public void Text_is_unicode_without_nul(string text, int character)
    {
        var error = PlanReader.ReadText($"# x\n{text.Replace('?', (char)character)}").Errors.ShouldHaveSingleItem();
        (error.Code, error.Line).ShouldBe(("invalid_text", 2));
    }
}
