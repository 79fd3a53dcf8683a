using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

/// <summary>Text stands for itself. Where it was probably meant for a reference, that is said, with the reference.</summary>
public sealed class When_a_reference_was_meant
{
    [Theory]
    [InlineData("map: { over: input/users, nodes: [{ name: i, step: x }] }", "/nodes/1/map/over", "It is required, and must be a list or something that gives one. Did you mean `{ $ref: input/users }`?")]
    [InlineData("map: { over: vpc, nodes: [{ name: i, step: x }] }", "/nodes/1/map/over", "Did you mean `{ $ref: vpc }`?")]
    [InlineData("map: { over: vpc.subnets, nodes: [{ name: i, step: x }] }", "/nodes/1/map/over", "Did you mean `{ $ref: vpc/subnets }`?")]
    [InlineData("map: { over: $.input.users, nodes: [{ name: i, step: x }] }", "/nodes/1/map/over", "Did you mean `{ $ref: input/users }`?")]
    [InlineData("map: { over: all of them, nodes: [{ name: i, step: x }] }", "/nodes/1/map/over", "Correct it.")]
    [InlineData("map: { over: previous/list, nodes: [{ name: i, step: x }] }", "/nodes/1/map/over", "Correct it.")]
    [InlineData("sleep: input/wait", "/nodes/1/sleep", "Did you mean `{ $ref: input/wait }`?")]
    [InlineData("sleep: { for: vpc/wait }", "/nodes/1/sleep/for", "Did you mean `{ $ref: vpc/wait }`?")]
    [InlineData("sleep: { until: context.at }", "/nodes/1/sleep/until", "Did you mean `{ $ref: context/at }`?")]
    [InlineData("sleep: soon", "/nodes/1/sleep", "Correct it.")]
    [InlineData("signal: { name: go, timeout: /input/wait }", "/nodes/1/signal/timeout", "Did you mean `{ $ref: input/wait }`?")]
    [InlineData("step: x, input: { $ref: /input/n }", "/nodes/1/input/$ref", "Did you mean `input/n`?")]
    [InlineData("step: x, input: { $ref: '#/input/n' }", "/nodes/1/input/$ref", "Did you mean `input/n`?")]
    [InlineData("step: x, input: { $ref: vpc.id }", "/nodes/1/input/$ref", "Did you mean `vpc/id`? The path of a reference has slashes.")]
    [InlineData("step: x, input: '${input.n}'", "/nodes/1/input", "Did you mean `input/n`? The path of a reference has slashes.")]
    [InlineData("step: x, input: { $logic: { var: vpc/id } }", "/nodes/1/input/$logic", "Did you mean `vpc.id`? The path of a variable in a rule has dots.")]
    [InlineData("step: x, dependsOn: vpc", "/nodes/1/dependsOn", "Put `vpc` into a list, or leave it out.")]
    [InlineData("step: x, dependsOn: [vpc/id]", "/nodes/1/dependsOn/0", "Did you mean `vpc`? Of what it returns nothing is named here.")]
    public void An_error_asks_for_it(string kind, string pointer, string remedy)
    {
        var error = PlanReader.ReadText($"nodes:\n- {{ name: vpc, step: x }}\n- {{ name: b, {kind} }}").Errors.ShouldHaveSingleItem();
        (error.Pointer, error.Line).ShouldBe((pointer, 3));
        error.Message.ShouldEndWith(remedy);
    }

    [Theory]
    [InlineData("step: x, input: { size: input/size }", "/nodes/1/input/size", "Write `{ $ref: input/size }` if the value is meant")]
    [InlineData("step: x, compensation: { input: output/id }", "/nodes/1/compensation/input", "Write `{ $ref: output/id }`")]
    [InlineData("child: { kind: k, input: [vpc/id] }", "/nodes/1/child/input/0", "Write `{ $ref: vpc/id }`")]
    [InlineData("loop: { initial: vpc, maxIterations: 2, nodes: [{ name: i, step: x }] }", "/nodes/1/loop/initial", "which is the name of a node. Write `{ $ref: vpc }`")]
    [InlineData("loop: { until: output/done, maxIterations: 2, nodes: [{ name: i, step: x }] }", "/nodes/1/loop/until", "counts as true. A rule is an object such as `{ var: input.size }`. Did you mean `{ $ref: output/done }`?")]
    [InlineData("loop: { until: { '>': [output/n, 3] }, maxIterations: 2, nodes: [{ name: i, step: x }] }", "/nodes/1/loop/until/>/0", "Write `{ $ref: output/n }`")]
    [InlineData("route: { cases: [{ when: input.large, nodes: [{ name: i, step: x }] }] }", "/nodes/1/route/cases/0/when", "Did you mean `{ $ref: input/large }`?")]
    [InlineData("step: x, input: { $logic: '' }", "/nodes/1/input/$logic", "counts as false.")]
    [InlineData("map: { over: [1], nodes: [{ name: i, step: x }], output: i }", "/nodes/1/map/output", "Write `{ $ref: i }` if what it returns is meant")]
    public void A_warning_asks_where_text_may_stand(string kind, string pointer, string message)
    {
        var result = PlanReader.ReadText($"nodes:\n- {{ name: vpc, step: x }}\n- {{ name: b, {kind} }}");
        result.Errors.ShouldBeEmpty();
        var warning = result.Warnings.ShouldHaveSingleItem();
        (warning.Pointer, warning.Line, warning.Code).ShouldBe((pointer, 3, "looks_like_reference"));
        warning.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("step: x, input: { text: input, path: /usr/bin, mime: text/plain, both: and/or, rate: 1/2, words: input/output error, end: input/ }")]
    [InlineData("step: x, input: { $literal: input/size }")]
    [InlineData("step: x, input: { item: item/1, iteration: previous/x, self: b/id, out: output/id }")]
    [InlineData("step: x, input: { $ref: input/size, default: input/size }")]
    [InlineData("step: x, input: { $logic: { '==': [{ var: [input.a, input/b] }, run] } }")]
    [InlineData("constant: input/size")]
    public void Other_text_is_left_alone(string kind) =>
        PlanReader.ReadText($"nodes:\n- {{ name: vpc, step: x }}\n- {{ name: b, {kind} }}").Warnings.ShouldBeEmpty();
}
