using System.Text.Json;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Tests.Engine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Engine;

public sealed class When_a_step_puts_into_the_context
{
    [Theory]
    [InlineData("{}", """{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1}""", """{"b":[true]}""", """{"a":1,"b":[true]}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", """{"b":{"x":null}}""", """{"a":1,"b":{"x":null},"c":3}""")]
    [InlineData("""{"a":1,"c":3}""", """{"d":4,"c":"three","b":2}""", """{"a":1,"c":"three","d":4,"b":2}""")]
    [InlineData("""{"inner":{"a":1}}""", """{"a":2}""", """{"inner":{"a":1},"a":2}""")]
    public void Adds_and_replaces_keys_in_place(string context, string put, string merged) =>
        RunContext.Merge(context, Json(put)).ShouldBe(merged);

    [Theory]
    [InlineData("""{ "n" : 1.50e0, "s":"\u00fc ü" , "a":1 }""", """{"a":2}""", """{ "n" : 1.50e0, "s":"\u00fc ü" , "a":2 }""")]
    [InlineData("""{"\u0061":1}""", """{"a":2}""", """{"\u0061":2}""")]
    public void Leaves_the_text_of_everything_else_alone(string context, string put, string merged) =>
        RunContext.Merge(context, Json(put)).ShouldBe(merged);

    [Fact]
    public void Escapes_a_new_key() =>
        RunContext.Merge("{}", Json("""{"say \"hi\"":1}""")).ShouldBe("""{"say \u0022hi\u0022":1}""");

    [Fact]
    public void Leaves_the_context_alone_when_nothing_is_put()
    {
        const string context = """{"a": 1}""";
        RunContext.Merge(context, Json("{}")).ShouldBeSameAs(context);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"a":1""")]
    [InlineData("""{"a":1}}""")]
    public void Refuses_a_context_that_is_no_object(string context) =>
        Should.Throw<FormatException>(() => RunContext.Merge(context, Json("""{"a":1}""")));

    [Fact]
    public void Hands_over_what_an_accepted_success_puts()
    {
        var walk = Walk.Of("echo").Begin();
        var success = walk.Success("echo-0") with { Put = Json("""{"a":1}""") };

        walk.Accept(success).Last.Context.ShouldBe("""{"a":1}""");
        walk.Apply(success).Context.ShouldBeNull();
    }

    [Fact]
    public void Hands_over_nothing_when_nothing_is_put()
    {
        var walk = Walk.Of("echo").Begin();

        walk.Apply(walk.Success("echo-0") with { Put = Json("{}") }).Context.ShouldBeNull();
    }

    private static Dictionary<string, JsonElement> Json(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
