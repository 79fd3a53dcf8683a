using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

/// <summary>The merge key <c>&lt;&lt;</c>, of which YAML 1.2 says nothing, and which those who write <c>&amp;defaults</c> expect.</summary>
public sealed class When_yaml_merges
{
    [Theory]
    [InlineData("a: &a {x: 1, y: 2}\nb: {<<: *a}", """{"a":{"x":1,"y":2},"b":{"x":1,"y":2}}""")]
    [InlineData("a: &a {x: 1, y: 2}\nb: {<<: *a, x: 3}", """{"a":{"x":1,"y":2},"b":{"x":3,"y":2}}""")]
    [InlineData("a: &a {x: 1, y: 2}\nb: {x: 3, <<: *a}", """{"a":{"x":1,"y":2},"b":{"x":3,"y":2}}""")]
    [InlineData("a: &a {x: 1}\nb: &b {x: 2, y: [{z: 3}]}\nc: {<<: [*a, *b]}", """{"a":{"x":1},"b":{"x":2,"y":[{"z":3}]},"c":{"x":1,"y":[{"z":3}]}}""")]
    [InlineData("a: &a {x: 1}\nb: &b {<<: *a, y: 2}\nc: {<<: *b}", """{"a":{"x":1},"b":{"y":2,"x":1},"c":{"y":2,"x":1}}""")]
    [InlineData("a: {<<: {x: 1}, y: 2}", """{"a":{"y":2,"x":1}}""")]
    [InlineData("a: {<<: [{x: 1}, {x: 2, y: &y 3}], z: *y}", """{"a":{"z":3,"x":1,"y":3}}""")]
    [InlineData("a: &a {}\nb: {<<: *a}\nc: {<<: []}", """{"a":{},"b":{},"c":{}}""")]
    [InlineData("a: &a {x: 1}\n!!merge <<: *a", """{"a":{"x":1},"x":1}""")]
    public void The_members_of_others_are_taken_over_where_there_are_none(string text, string json)
    {
        var merged = PlanReader.ToJson(text, out var errors);
        errors.ShouldBeEmpty();
        merged!.Value.GetRawText().ShouldBe(json);
    }

    [Theory]
    [InlineData("a: {\"<<\": {x: 1}}", """{"a":{"<<":{"x":1}}}""")]
    [InlineData("a: {'<<': 1}", """{"a":{"<<":1}}""")]
    [InlineData("a: {!!str <<: 1}", """{"a":{"<<":1}}""")]
    [InlineData("a: <<", """{"a":"<<"}""")]
    public void In_quotes_it_is_a_name_like_any_other(string text, string json) =>
        PlanReader.ToJson(text, out _)!.Value.GetRawText().ShouldBe(json);

    [Theory]
    [InlineData("a: {<<: 1}", "/a/<<", "`<<` merges what is no mapping.")]
    [InlineData("a: {<<: [{x: 1}, [2]]}", "/a/<</1", "`<<` merges what is no mapping.")]
    [InlineData("a: &a [1]\nb: {<<: *a}", "/b/<<", "`<<` merges what is no mapping.")]
    [InlineData("a: {<<: *b}", "/a/<<", "The alias `*b` stands for nothing")]
    [InlineData("a: &a {x: 1, <<: *a}", "/a/<<", "The alias `*a` stands for nothing")]
    [InlineData("a: {<<: {x: 1}, <<: {y: 2}}", "/a/<<", "`<<` is there twice.")]
    public void What_cannot_be_merged_is_said(string text, string pointer, string message)
    {
        PlanReader.ToJson(text, out var errors).ShouldBeNull();
        var error = errors.ShouldHaveSingleItem();
        error.Pointer.ShouldBe(pointer);
        error.Message.ShouldStartWith(message);
        error.Line.ShouldBe(text.AsSpan().Count('\n') + 1);
    }

    [Fact]
    public void What_is_wrong_in_what_is_merged_is_said_where_it_is_written()
    {
        var result = PlanReader.ReadText("""
            nodes:
            - name: a
              step: x
              retry: &retry
                maxAttempts: none
            - name: b
              step: x
              retry:
                <<: *retry
            """);
        result.Errors.Select(error => (error.Line, error.Pointer, error.Code))
            .ShouldBe([(5, "/nodes/0/retry/maxAttempts", "wrong_type"), (5, "/nodes/1/retry/maxAttempts", "wrong_type")]);
    }

    [Fact]
    public void A_plan_may_share_what_its_nodes_have_in_common() =>
        Document.Accepted("""
            nodes:
            - &node
              name: a
              step: x
              retry: { maxAttempts: 7 }
            - <<: *node
              name: b
              dependsOn: [a]
            """).Node<StepNode>("b").Retry.MaxAttempts.ShouldBe(7);
}
