using Saga.StateMachines.Pictures;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Tests.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Pictures;

public sealed class When_a_plan_is_drawn
{
    [Fact]
    public void Every_kind_has_its_label_and_its_frame() => Golden.Compare(PlanPicture.Of(Example.Plan), "plan");

    [Fact]
    public void The_same_plan_gives_the_same_picture() =>
        PlanPicture.Of(PlanReader.FromStored(Example.Plan.Json)).ShouldBe(PlanPicture.Of(Example.Plan));

    [Fact]
    public void Quotes_and_backslashes_in_names_stay_text() => PlanPicture.Of(Example.Plan).ShouldContain(@"every \""kind\"" \\ of node");

    [Theory]
    [InlineData("{ var: input.large }", "input.large")]
    [InlineData("{ var: [input.large, true] }", "input.large")]
    [InlineData("{ $ref: input/size, default: 5 }", "input/size")]
    [InlineData("true", "true")]
    [InlineData("{ '==': [{ var: input.size }, large] }", "input.size == \"large\"")]
    [InlineData("{ '!': { '!!': { var: input.a } } }", "not input.a")]
    [InlineData("{ '!': { or: [{ var: input.a }, { var: input.b }] } }", "not (input.a or input.b)")]
    [InlineData("{ or: [{ and: [{ var: input.a }, { var: b }] }, { '<': [1, 2, 3] }] }", "(input.a and b) or (1 < 2 < 3)")]
    [InlineData("{ in: [{ var: input.zone }, [a, b]] }", "input.zone in [\"a\", \"b\"]")]
    [InlineData("{ some: [{ var: input.all }, { '>': [{ var: n }, 1] }] }", "some(input.all, n > 1)")]
    [InlineData("{ missing: [input.a] }", "missing(\"input.a\")")]
    [InlineData("{ '+': [1] }", "+(1)")]
    [InlineData("{ a: 1, b: 2 }", "{\"a\":1,\"b\":2}")]
    [InlineData("{ '==': [{ var: input.path }, 'C:\\'] }", "input.path == \"C:\\\"")]
    [InlineData("{ '==': [{ var: input.size }, groß] }", "input.size == \"groß\"")]
    public void A_branch_says_when_it_runs(string condition, string text) => Routed(condition).ShouldContain($"label=\"case-0\\nwhen {Escaped(text)}\"");

    [Fact]
    public void A_long_condition_is_cut_off() =>
        Routed($"{{ in: [{{ var: input.zone }}, {new string('z', 100)}] }}").ShouldContain(Escaped($"when input.zone in \"{new string('z', 32)}…") + "\"");

    [Fact]
    public void No_character_is_cut_in_two() =>
        Routed($"{{ in: [{{ var: input.zone }}, {new string('z', 31)}😀{new string('z', 20)}] }}").ShouldContain(Escaped($"when input.zone in \"{new string('z', 31)}…") + "\"");

    [Fact]
    public void A_step_list_is_a_chain() => Golden.Compare(PlanPicture.Of(StepList.ToPlan(["echo", "fail"]).Plan!), "chain");

    private static string Routed(string condition) => PlanPicture.Of(Document.Accepted($$"""
        nodes:
          - { name: b, step: x }
          - name: size
            route: { cases: [{ when: {{condition}}, nodes: [{ name: create, step: x }] }] }
        """));

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
