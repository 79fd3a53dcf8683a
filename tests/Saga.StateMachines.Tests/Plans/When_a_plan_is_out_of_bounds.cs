using System.Text.Json;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Tests.Times;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

public sealed class When_a_plan_is_out_of_bounds
{
    [Fact]
    public void Ten_thousand_nodes_are_allowed_and_one_more_is_not()
    {
        PlanReader.Read(Chain(10_000)).Plan!.NodeCount.ShouldBe(10_000);
        var error = PlanReader.Read(Chain(10_001)).Errors.ShouldHaveSingleItem();
        (error.Pointer, error.Code).ShouldBe(("/nodes", "too_many_nodes"));
    }

    [Fact]
    public void Nodes_in_bodies_count()
    {
        var body = string.Join(',', Enumerable.Range(0, 5_000).Select(index => $$"""{"name":"n{{index}}","step":"x"}"""));
        var document = Json($$"""{"nodes":[{"name":"a","map":{"over":[],"nodes":[{{body}}] } },{"name":"b","child":{"plan":{"nodes":[{{body}}] } } }]}""");
        PlanReader.Read(document).Errors.ShouldHaveSingleItem().Pointer.ShouldBe("/nodes/1/child/plan/nodes");
    }

    [Fact]
    public void Thirty_two_bodies_may_be_inside_of_each_other()
    {
        PlanReader.FromStored(PlanReader.ReadText(Nested(32)).Plan!.Json).Graphs.Length.ShouldBe(32);
        PlanReader.ReadText(Nested(33)).Errors.ShouldHaveSingleItem().Code.ShouldBe("nested_too_deep");
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("step\":\"x\",\"input")]
    [InlineData("step\":\"x\",\"compensation\":{},\"input")]
    public void Values_may_be_nested_48_deep(string property)
    {
        PlanReader.ReadText(Document(48)).IsAccepted.ShouldBeTrue();
        var error = PlanReader.ReadText(Document(49)).Errors.ShouldHaveSingleItem();
        error.Code.ShouldBe("nested_too_deep");
        error.Message.ShouldStartWith("This value has more than 48 arrays and objects inside each other.");

        string Document(int depth) => $$"""{"nodes":[{"name":"a","{{property}}":{{new string('[', depth)}}1{{new string(']', depth)}} }]}""";
    }

    [Fact]
    public void A_plan_that_was_stored_when_values_could_be_deeper_is_still_read()
    {
        var stored = $$"""{"nodes":[{"name":"a","constant":{{new string('[', 64)}}{{new string(']', 64)}},"dependsOn":[]}]}""";

        PlanReader.FromStored(stored).Json.ShouldBe(stored);
    }

    [Fact]
    public void A_document_may_be_500_deep()
    {
        var document = $$"""{"nodes":[{"name":"a","step":"x","unknown":{{new string('[', 497)}}1{{new string(']', 497)}} }]}""";

        PlanReader.Read(Json(document)).Errors.ShouldHaveSingleItem().Code.ShouldBe("unknown_property");
        PlanReader.Read(Json(document.Replace("1", "[]", StringComparison.Ordinal))).Errors.ShouldHaveSingleItem().Code.ShouldBe("nested_too_deep");
    }

    [Fact]
    public void A_mebibyte_of_text_is_the_most() =>
        PlanReader.ReadText(new string(' ', (1024 * 1024) + 1)).Errors.ShouldHaveSingleItem().Code.ShouldBe("too_large");

    [Fact]
    public void A_thousand_errors_are_listed_and_that_there_are_more()
    {
        var nodes = string.Join(',', Enumerable.Range(0, 5_000).Select(index => $$"""{"name":"node-{{index}}","step":"x","dependsOn":["mode-{{index}}"]}"""));
        var document = Json($$"""{"nodes":[{{nodes}}]}""");
        var before = ThreadTime.Used;
        var errors = PlanReader.Read(document).Errors;
        (ThreadTime.Used - before).ShouldBeLessThan(TimeSpan.FromSeconds(5));
        errors.Length.ShouldBe(1001);
        errors[^1].Code.ShouldBe("too_many_problems");
        errors[0].Message.ShouldEndWith("Did you mean `node-0` or `node-1` or `node-10`?");
    }

    [Fact]
    public void A_definition_that_is_part_of_itself_is_named()
    {
        var loop = Json("""{"nodes":[{"name":"a","subsaga":{"kind":"loop"}}]}""");
        var error = PlanReader.Read(loop, new() { Definitions = (_, _) => loop, Prefix = "/plan" }).Errors.ShouldHaveSingleItem();
        (error.Pointer, error.Code).ShouldBe(("/plan/nodes/0/subsaga/kind", "cycle"));
        error.Message.ShouldContain("definition `loop` → definition `loop`");
    }

    [Fact]
    public void What_is_wrong_in_a_definition_is_said_where_it_is_named()
    {
        var error = PlanReader.Read(Json("""{"nodes":[{"name":"a","subsaga":{"kind":"k"}}]}"""), new() { Definitions = (_, _) => Json("""{"nodes":[]}""") }).Errors.ShouldHaveSingleItem();
        (error.Pointer, error.Code).ShouldBe(("/nodes/0/subsaga/kind", "empty_list"));
        error.Message.ShouldStartWith("In definition `k`, at `/nodes`: `nodes` is empty.");
    }

    [Fact]
    public void Definitions_that_are_inlined_count_as_often_as_they_are()
    {
        var large = Json($$"""{"nodes":[{"name":"a","constant":"{{new string('x', 400_000)}}"}]}""");
        PlanReader.Read(Inlining(2), new() { Definitions = (_, _) => large }).Errors.ShouldBeEmpty();
        var error = PlanReader.Read(Inlining(5_000), new() { Definitions = (_, _) => large }).Errors.ShouldHaveSingleItem();
        (error.Pointer, error.Code).ShouldBe(("/nodes/2/subsaga/kind", "too_large"));
        error.Message.ShouldStartWith("With the definition `k` written out, the plan has 1,200,");
    }

    [Fact]
    public void What_is_stored_of_a_plan_is_bounded_too()
    {
        // Each name stands twice in what is stored: once more in `dependsOn` of the next.
        var nodes = string.Join(',', Enumerable.Range(0, 8_000).Select(index => $$"""{"name":"{{index}}{{new string('n', 80)}}","step":"x"}"""));
        var error = PlanReader.Read(Json($$"""{"sequential":true,"nodes":[{{nodes}}]}""")).Errors.ShouldHaveSingleItem();
        (error.Pointer, error.Code).ShouldBe(("", "too_large"));
        error.Message.ShouldStartWith("With its defaults and its definitions written out, the plan has 1,");
    }

    [Fact]
    public void A_document_that_is_no_text_has_the_same_limit() =>
        PlanReader.Read(Json($$"""{"nodes":[]{{new string(' ', 1024 * 1024)}}}""")).Errors.ShouldHaveSingleItem().Code.ShouldBe("too_large");

    [Fact]
    public void A_definition_whose_text_is_no_unicode_is_refused() =>
        PlanReader.Read(Json("""{"nodes":[{"name":"a","subsaga":{"kind":"k"}}]}"""), new() { Definitions = (_, _) => Json("""{"name":"\ud800","nodes":[]}""") })
            .Errors.ShouldHaveSingleItem().Code.ShouldBe("invalid_text");

    [Fact]
    public void A_cycle_of_thousands_is_shortened()
    {
        var nodes = string.Join(',', Enumerable.Range(0, 5_000).Select(index => $$"""{"name":"n{{index}}","step":"x","dependsOn":["n{{(index + 1) % 5000}}"]}"""));
        var error = PlanReader.Read(Json($$"""{"nodes":[{{nodes}}]}""")).Errors.ShouldHaveSingleItem();
        error.Message.ShouldStartWith("The nodes n0 → n1 → n2 →");
        error.Message.Length.ShouldBeLessThan(500);
    }

    [Theory]
    [InlineData("chain")]
    [InlineData("fan")]
    [InlineData("maps")]
    [InlineData("compensations")]
    [InlineData("signals")]
    [InlineData("rules")]
    public void Ten_thousand_nodes_are_read_in_a_moment(string shape)
    {
        var document = Json($$"""{"nodes":[{{string.Join(',', Shape(shape))}}]}""");
        PlanReader.Read(Chain(10)).IsAccepted.ShouldBeTrue();
        var before = ThreadTime.Used;
        var result = PlanReader.Read(document);
        var read = ThreadTime.Used - before;
        result.Errors.ShouldBeEmpty();
        PlanReader.FromStored(result.Plan!.Json).Hash.ShouldBe(result.Plan.Hash);

        // Far more work than it is, far less than anything quadratic would be.
        read.ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    private static IEnumerable<string> Shape(string shape) => shape switch
    {
        "chain" => Enumerable.Range(0, 10_000).Select(index => index == 0 ? """{"name":"n0","step":"x"}""" : $$$"""{"name":"n{{{index}}}","step":"x","input":{"a":"x-${n{{{index - 1}}}/id}"}}"""),
        "fan" => Enumerable.Range(0, 10_000).Select(index => index == 0 ? """{"name":"n0","step":"x"}""" : $$"""{"name":"n{{index}}","step":"x","input":{"$ref":"n0/id"},"compensation":"irreversible"}"""),
        "signals" => [$$"""{"name":"n","signal":{"names":[{{string.Join(',', Enumerable.Range(0, 100_000).Select(index => $"\"{index}\""))}}]} }"""],
        "rules" => [$$"""{"name":"n","step":"x","input":{"$logic":{"and":[{{string.Join(',', Enumerable.Range(0, 40_000).Select(index => $$$"""{"$ref":"input/{{{index}}}"}"""))}}]} } }"""],
        "maps" => Enumerable.Range(0, 5_000).Select(index => $$"""{"name":"n{{index}}","map":{"over":{"$ref":"input"},"nodes":[{"name":"i","step":"x","input":{"$ref":"item"} }] } }"""),
        _ => Enumerable.Range(0, 10_000).Select(index => index < 2 ? $$"""{"name":"n{{index}}","step":"x"}"""
            : $$"""{"name":"n{{index}}","step":"x","dependsOn":["n{{index - 2}}"],"compensation":{"input":{"$ref":"n{{index % 2}}"} } }"""),
    };

    private static JsonElement Chain(int count) =>
        Json($$"""{"sequential":true,"nodes":[{{string.Join(',', Enumerable.Range(0, count).Select(index => $$"""{"name":"n{{index}}","step":"x"}"""))}}]}""");

    private static JsonElement Inlining(int count) =>
        Json($$"""{"nodes":[{{string.Join(',', Enumerable.Range(0, count).Select(index => $$$"""{"name":"n{{{index}}}","subsaga":{"kind":"k"} }"""))}}]}""");

    private static string Nested(int bodies)
    {
        var text = """[{"name":"a","step":"x"}]""";
        for (var body = 1; body < bodies; body++)
            text = $$"""[{"name":"a","map":{"over":[1],"nodes":{{text}} } }]""";
        return $$"""{"nodes":{{text}}}""";
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 512 });
}
