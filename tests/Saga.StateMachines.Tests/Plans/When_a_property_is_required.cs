using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

/// <summary>A remedy must be one: to leave out what is required would be the next mistake.</summary>
public sealed class When_a_property_is_required
{
    [Theory]
    [InlineData("nodes: hello", "/nodes", "`nodes` is the text `hello`. It is required, and must be a list. Correct it.")]
    [InlineData("nodes:", "/nodes", "`nodes` is null. It is required, and must be a list. Correct it.")]
    [InlineData("nodes: [{ name: 5, step: x }]", "/nodes/0/name", "`name` is `5`. It is required, and must be text. Correct it.")]
    [InlineData("nodes: [{ name: a, step: 5 }]", "/nodes/0/step", "`step` is `5`. It is required, and must be text. Correct it.")]
    [InlineData("nodes: [{ name: a, route: { cases: { when: true } } }]", "/nodes/0/route/cases", "`cases` is an object. It is required, and must be a list. Correct it.")]
    [InlineData("nodes: [{ name: a, map: { over: 5, nodes: [{ name: b, step: x }] } }]", "/nodes/0/map/over", "`over` is `5`. It is required, and must be a list or something that gives one. Correct it.")]
    [InlineData("nodes: [{ name: a, child: { kind: 5 } }]", "/nodes/0/child/kind", "`kind` is `5`. It is required, and must be text. Correct it.")]
    [InlineData("nodes: [{ name: a, signal: { names: go } }]", "/nodes/0/signal/names", "`names` is the text `go`. It is required, and must be a list. Correct it.")]
    public void The_error_says_so(string document, string pointer, string message)
    {
        var error = PlanReader.ReadText(document, new() { StepProblem = _ => null }).Errors.ShouldHaveSingleItem();
        (error.Pointer, error.Message).ShouldBe((pointer, message));
    }

    [Fact]
    public void What_is_not_required_may_be_left_out() =>
        PlanReader.ReadText("{\"nodes\":[{\"name\":\"a\",\"step\":\"x\"}],\"sequential\":1}").Errors.ShouldHaveSingleItem().Message
            .ShouldBe("`sequential` is `1`. It must be true or false. Correct it, or leave it out.");

    [Fact]
    public void A_step_whose_name_is_no_text_is_looked_for_nowhere() =>
        PlanReader.ReadText("nodes: [{ name: a, step: 5 }]", new() { StepProblem = _ => "Unknown." }).Errors.ShouldHaveSingleItem().Code.ShouldBe("wrong_type");
}
