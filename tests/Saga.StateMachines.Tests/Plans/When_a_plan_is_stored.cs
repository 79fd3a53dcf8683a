using System.Text.Json;
using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

public sealed class When_a_plan_is_stored
{
    private const string Chain =
        """{"nodes":[{"name":"echo-0","step":"echo","dependsOn":[]},{"name":"fail-1","step":"fail","dependsOn":["echo-0"]}]}""";

    [Fact]
    public void Is_written_as_canonical_json() => StepList.ToPlan(["echo", "fail"]).Plan!.Json.ShouldBe(Chain);

    [Fact]
    public void Is_read_as_it_was_written() => PlanReader.FromStored(Chain).Json.ShouldBe(Chain);

    [Fact]
    public void Has_a_hash_that_equal_plans_share_and_others_do_not()
    {
        var hash = PlanReader.FromStored(Chain).Hash;
        hash.ShouldBe("4362a1a062142cf5ccd3d07b5f701578dca5ae51a91f9afd16d5995abbc5c378");
        StepList.ToPlan(["echo", "fail"]).Plan!.Hash.ShouldBe(hash);
        StepList.ToPlan(["echo", "echo"]).Plan!.Hash.ShouldNotBe(hash);
    }

    [Fact]
    public void A_step_list_is_the_plan_that_its_document_describes() =>
        Document.Accepted("--- {nodes: [{name: echo-0, step: echo}, {name: fail-1, step: fail}], sequential: true}").Json.ShouldBe(Chain);

    [Theory]
    [InlineData("--- {nodes: [{name: a, step: x}, {name: b, step: x}, {name: c, step: x, dependsOn: [b, a, b]}]}",
        """{"nodes":[{"name":"a","step":"x","dependsOn":[]},{"name":"b","step":"x","dependsOn":[]},{"name":"c","step":"x","dependsOn":["a","b"]}]}""")]
    [InlineData("--- {nodes: [{compensation: {}, retry: {maxAttempts: 3, initial: PT1.0S}, dependsOn: [], step: x, name: a}], sequential: false, name: n}",
        """{"name":"n","nodes":[{"name":"a","step":"x","dependsOn":[]}]}""")]
    [InlineData("--- {nodes: [{name: a, signal: go}, {name: b, sleep: PT60S}]}",
        """{"nodes":[{"name":"a","signal":{"names":["go"]},"dependsOn":[]},{"name":"b","sleep":{"for":"PT60S"},"dependsOn":[]}]}""")]
    [InlineData("--- {nodes: [{name: r, route: {cases: [{name: case-0, when: {'<': [1, 2]}, nodes: [{name: a, step: x}]}]}}]}",
        """{"nodes":[{"name":"r","route":{"cases":[{"when":{"<":[1,2]},"nodes":[{"name":"a","step":"x","dependsOn":[]}]}]},"dependsOn":[]}]}""")]
    [InlineData("--- {nodes: [{name: a, step: x, input: 'ä ${input/b}', retry: {initial: PT90S, jitter: false, nonRetryable: [q, c, q]}, compensation: irreversible}]}",
        """{"nodes":[{"name":"a","step":"x","dependsOn":[],"input":"ä ${input/b}","retry":{"initial":"PT1M30S","max":"PT1M30S","jitter":false,"nonRetryable":["c","q"]},"compensation":"irreversible"}]}""")]
    public void Equal_documents_are_equal_text(string document, string json)
    {
        Document.Accepted(document).Json.ShouldBe(json);
        PlanReader.FromStored(json).Json.ShouldBe(json);
        Document.Accepted(json).Json.ShouldBe(json);
    }

    [Theory]
    [InlineData("", "no plan")]
    [InlineData("{}", "`nodes` is missing")]
    [InlineData("""{"nodes":{}}""", "no plan")]
    [InlineData("""{"nodes":[{"name":null,"step":"x","dependsOn":[]}]}""", "`name` is null")]
    [InlineData("""{"nodes":[{"name":"a","step":"x","dependsOn":["a"]}]}""", "Node `a` depends on itself")]
    [InlineData("""{"nodes":[{"name":"a","step":"x","dependsOn":[]},{"name":"a","step":"x","dependsOn":[]}]}""", "The name is `a`, like that of the node at `/nodes/0`")]
    public void Is_refused_when_damaged(string json, string problem) =>
        Should.Throw<FormatException>(() => PlanReader.FromStored(json)).Message.ShouldContain(problem);

    [Fact]
    public void Nodes_out_of_order_are_no_graph()
    {
        Refused(new StepNode(1, "a", "x", [])).ShouldContain("index 1 at position 0");
        Refused(new StepNode(0, "a", "x", [0])).ShouldContain("depends on position 0");
        Refused(new StepNode(0, "a", "x", [-1])).ShouldContain("depends on position -1");
    }

    private static string Refused(PlanNode node) => Should.Throw<ArgumentException>(() => new PlanGraph(0, [node])).Message;

    [Theory]
    [InlineData("a name that stands twice", """{"nodes":[{"name":"a","constant":{"k":1,"k":2},"dependsOn":[]}]}""")]
    [InlineData("signals that no URL can name", """{"nodes":[{"name":"a","signal":{"names":[".","..","x\u0000y"]},"dependsOn":[]}]}""")]
    [InlineData("a kind that no definition can have", """{"nodes":[{"name":"a","child":{"kind":"My kind"},"dependsOn":[]}]}""")]
    [InlineData("an index with a zero before it", """{"nodes":[{"name":"l","constant":[1,2],"dependsOn":[]},{"name":"a","step":"x","dependsOn":["l"],"input":{"$ref":"l/01"}}]}""")]
    [InlineData("a variable that reads the reference beside it", """{"nodes":[{"name":"a","step":"x","dependsOn":[],"input":{"$logic":{"+":[{"var":"$0"},{"$ref":"input/n"}]}}}]}""")]
    [InlineData("the same in the plan of a child", """{"nodes":[{"name":"c","child":{"plan":{"nodes":[{"name":"a","signal":{"names":["."]},"dependsOn":[]}]}},"dependsOn":[]}]}""")]
    public void What_an_earlier_release_took_in_is_still_read(string what, string stored)
    {
        PlanReader.Read(JsonElement.Parse(stored)).IsAccepted.ShouldBeFalse(what);
        PlanReader.FromStored(stored).Json.ShouldBe(stored, what);
    }

    [Fact]
    public void A_name_that_an_earlier_release_let_stand_twice_keeps_both_values() =>
        PlanReader.FromStored("""{"nodes":[{"name":"a","constant":{"k":1,"k":2},"dependsOn":[]}]}""").Node<ConstantNode>("a").Value.GetRawText().ShouldBe("""{"k":1,"k":2}""");
}
