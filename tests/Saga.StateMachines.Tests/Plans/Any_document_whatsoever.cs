using System.Text;
using System.Text.Json.Nodes;
using Saga.StateMachines.Plans;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Plans;

/// <summary>Damages good documents at random, thousands of times: reading them must give a plan that can be stored, or errors.</summary>
public sealed class Any_document_whatsoever
{
    /// <summary>A document with everything there is.</summary>
    internal const string Good = """
        name: everything
        nodes:
          - { name: vpc, step: create-vpc, input: { region: "x-${input/region}", n: [1, null] }, retry: { maxAttempts: 3, initial: PT1S }, compensation: { input: { $ref: output/id }, retry: {} } }
          - { name: region, constant: { $ref: x } }
          - name: size
            route:
              cases:
                - { name: large, when: { ">": [{ var: vpc.id }, { $ref: input/n }] }, nodes: [{ name: a, step: x }] }
                - { when: { some: [{ var: input.all }, { "==": [{ var: "" }, 1] }] }, nodes: [{ name: a, step: x, compensation: irreversible }], output: { $ref: a } }
              default: { sequential: true, nodes: [{ name: a, step: x }, { name: b, step: x }] }
          - { name: subnets, map: { over: { $ref: input/subnets, default: [] }, maxConcurrency: 10, failure: collect, nodes: [{ name: i, step: x, input: [{ $ref: item }, { $ref: index }, { $ref: vpc }] }] } }
          - { name: poll, loop: { initial: { $ref: size }, until: { and: [{ var: output.done }, { missing: [iteration] }] }, maxIterations: 5, onMaxIterations: fail, nodes: [{ name: p, step: x, input: { $ref: previous } }] } }
          - { name: rest, sleep: { for: PT10M }, dependsOn: [vpc, poll] }
          - { name: wake, sleep: { until: "2027-01-31T08:00:00Z" } }
          - { name: go, signal: { names: [a, b], mode: all, timeout: P1D, onTimeout: default, default: { a: 1 } } }
          - { name: kid, child: { plan: { nodes: [{ name: a, step: x }] }, input: { $literal: { $ref: q } }, join: settled } }
          - { name: net, subsaga: { plan: { nodes: [{ name: v, step: x, input: { $ref: input/x } }], output: { $logic: { var: v.id } } }, input: { x: 1 } } }
        output: { all: "${vpc}", net: { $ref: net } }
        """;

    private static readonly string[] _words =
    [
        "", "a", "vpc", "input", "item", "$ref", "$logic", "$literal", "default", "name", "nodes", "step", "route", "map", "loop", "${", "${vpc}", "${}", "$${", "/", "~", "~2", "vpc/id", "PT1S", "P1Y",
        "none", "var", "previous", "output", "\ud800", "\0", "🙂", "{", "}", "[", "]", ":", "- ", "&a ", "*a ", "!!int ", "\t", "\n", "'", "\"", "|", ">", "---", "#", "? ", "<<: ",
    ];

    [Fact]
    public void Good_it_is_accepted() => Document.Accepted(Good).NodeCount.ShouldBe(22);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Damaged_as_text_it_never_throws(int seed)
    {
        var dice = new Dice(seed);
        for (var round = 0; round < 500; round++)
        {
            var text = new StringBuilder(Good);
            for (var damage = 1 + dice.Next(4); damage > 0; damage--)
            {
                var at = dice.Next(text.Length);
                if (dice.Next(2) == 0)
                    text.Remove(at, Math.Min(1 + dice.Next(11), text.Length - at));
                else
                    text.Insert(at, dice.Pick(_words));
            }

            Check(PlanReader.ReadText(text.ToString()), text.ToString());
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Damaged_as_json_it_never_throws(int seed)
    {
        var dice = new Dice(seed);
        var good = PlanReader.ToJson(Good, out _)!.Value.GetRawText();
        for (var round = 0; round < 500; round++)
        {
            var document = JsonNode.Parse(good)!;
            for (var damage = 1 + dice.Next(4); damage > 0; damage--)
                Damage(document, dice);
            var text = document.ToJsonString();
            Check(PlanReader.ReadText(text), text);
        }
    }

    private static void Check(PlanResult result, string text)
    {
        (result.Plan is null).ShouldBe(result.Errors.Length > 0, text);
        if (result.Plan is { } plan)
        {
            PlanReader.FromStored(plan.Json).Hash.ShouldBe(plan.Hash, text);
            PlanReader.ReadText(plan.Json).Plan?.Json.ShouldBe(plan.Json, text);
        }
    }

    private static void Damage(JsonNode document, Dice dice)
    {
        var nodes = Inside(document).ToArray();
        var target = dice.Pick(nodes);
        var donor = dice.Next(3) == 0 ? JsonValue.Create(_words[dice.Next(_words.Length - 20)]) : dice.Pick(nodes)?.DeepClone();
        switch (target)
        {
            case JsonObject members when members.Count > 0:
                var name = members.GetAt(dice.Next(members.Count)).Key;
                if (dice.Next(3) == 0)
                    members.Remove(name);
                else
                    members[dice.Next(2) == 0 ? name : _words[dice.Next(20)]] = donor;
                break;
            case JsonArray elements when elements.Count > 0:
                elements[dice.Next(elements.Count)] = donor;
                break;
        }
    }

    private static IEnumerable<JsonNode?> Inside(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Inside(member.Value)).Prepend(node),
        JsonArray elements => elements.SelectMany(Inside).Prepend(node),
        _ => [node],
    };
}
