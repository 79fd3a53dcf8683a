using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

/// <summary>Texts on which the parser of YAML stumbles in its own way. Whoever wrote them is told the line, and nothing of the parser.</summary>
public sealed class When_yaml_cannot_be_parsed
{
    [Theory]
    [InlineData("nodes:\n- name: a\n  input: { message: \"a\"b }\n")]
    [InlineData("nodes:\n- { name: a\n  step: x\n- b")]
    [InlineData("nodes:\n\tname: a")]
    [InlineData("nodes: [a, b\nother: c\n")]
    [InlineData(".inf&b ", "<<: *a", 2_000)]
    [InlineData("...\n*a\u0085...\n*a\u0085...\n")]
    [InlineData("name: 'a\nnodes: b")]
    [InlineData("name: a: b")]
    [InlineData("- a\nb: c")]
    public void The_error_says_a_line_and_nothing_of_the_parser(string before, string repeated = "", int times = 0)
    {
        var text = before + string.Concat(Enumerable.Repeat(repeated, times));
        var error = PlanReader.ReadText(text).Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe("invalid_yaml");
        error.Line!.Value.ShouldBeInRange(1, text.AsSpan().Count('\n') + 1);
        error.Message.ShouldEndWith(".");
        error.Message.ShouldNotContain("state of the object");
        error.Message.ShouldNotContain("scanner");
        error.Message.ShouldNotContain("YamlDotNet");
    }
}
