using System.Net;
using System.Text.Json;
using Saga.StateMachines.Plans;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Api;

/// <summary>Damages a good plan at random, and brings it to every entrance as JSON and as YAML: all must find the same.</summary>
[Collection(nameof(OneWorker))]
public sealed class Any_plan_at_every_entrance(SharedWorker shared)
{
    private const int Rounds = 60;

    private const string Good = """
        name: everything
        nodes:
          - { name: vpc, step: echo, input: { region: "x-${input/region}", n: [1, null] }, retry: { maxAttempts: 3, initial: PT1S }, compensation: { input: { $ref: output/id }, retry: {} } }
          - { name: region, constant: { $ref: x, list: [{ a: 1 }, 1.50, 1e400] } }
          - name: size
            route:
              cases:
                - { name: large, when: { ">": [{ var: vpc.id }, { $ref: input/n }] }, nodes: [{ name: a, step: echo }] }
                - { when: { some: [{ var: input.all }, { "==": [{ var: "" }, 1] }] }, nodes: [{ name: a, step: fail, compensation: irreversible }], output: { $ref: a } }
              default: { sequential: true, nodes: [{ name: a, step: echo }, { name: b, step: delay }] }
          - { name: subnets, map: { over: { $ref: input/subnets, default: [] }, maxConcurrency: 10, failure: collect, nodes: [{ name: i, step: echo, input: [{ $ref: item }, { $ref: index }, { $ref: vpc }] }] } }
          - { name: poll, loop: { initial: { $ref: size }, until: { and: [{ var: output.done }, { missing: [iteration] }] }, maxIterations: 5, onMaxIterations: fail, nodes: [{ name: p, step: echo, input: { $ref: previous } }] } }
          - { name: rest, sleep: { for: PT10M }, dependsOn: [vpc, poll] }
          - { name: wake, sleep: { until: "2027-01-31T08:00:00Z" } }
          - { name: go, signal: { names: [a, b], mode: all, timeout: P1D, onTimeout: default, default: { a: 1 } } }
          - { name: kid, child: { plan: { nodes: [{ name: a, step: echo }] }, input: { $literal: { $ref: q } }, join: settled } }
          - { name: same, child: { kind: shared-plan, version: 1 } }
          - { name: net, subsaga: { plan: { nodes: [{ name: v, step: echo, input: { $ref: input/x } }], output: { $logic: { var: v.id } } }, input: { x: 1 } } }
          - { name: inlined, subsaga: { kind: shared-plan } }
        output: { all: "${vpc}", net: { $ref: net } }
        """;

    private static readonly string[] _words =
    [
        "", "a", "vpc", "input", "item", "$ref", "$logic", "$literal", "default", "name", "nodes", "step", "route", "map", "loop", "kind", "version", "plan", "child", "<<", "${", "${vpc}", "${}", "$${", "/", "~2",
        "vpc/id", "input.n", "/input", "PT1S", "P1Y", "PT0S", "none", "var", "previous", "output", "shared-plan", "nowhere", "ecko", "🙂", "\u0001", "\u2028", "~", "null", "1e3", "0x10", "no", "sequential",
    ];

    private readonly EmbeddedWorker _worker = shared.Worker;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Is_refused_for_the_same_reasons_or_accepted(int seed)
    {
        await _worker.PutAsync("/api/definitions/shared-plan/1", "nodes: [{ name: hello, step: echo }]").JsonAsync(HttpStatusCode.OK);
        (await FoundAsync(PlanTree.Of(PlanReader.ToJson(Good, out _)!.Value), "good", seed)).ShouldBeEmpty();

        var dice = new Dice(seed);
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var plan = PlanTree.Of(PlanReader.ToJson(Good, out _)!.Value);
            for (var damage = 1 + dice.Next(4); damage > 0; damage--)
                Damage(plan, dice);
            refused += (await FoundAsync(plan, $"damaged-{seed}-{round}", 1)).Length > 0 ? 1 : 0;
        }

        refused.ShouldBeInRange(Rounds / 4, Rounds - 1);
    }

    /// <summary>What is found wrong, which every entrance must agree about.</summary>
    private async Task<string[]> FoundAsync(PlanTree plan, string kind, int version)
    {
        var (json, yaml) = (plan.ToJson(), plan.ToYaml());
        var validated = await _worker.ValidateAsync(yaml).JsonAsync(HttpStatusCode.OK);
        var found = Errors(validated);
        validated.GetProperty("isValid").GetBoolean().ShouldBe(found.Length == 0);
        validated.GetProperty("errors").EnumerateArray().ShouldAllBe(error => error.GetProperty("line").GetInt32() > 0, json);

        var asJson = await _worker.PostAsync("/api/plans/validate", json);
        Errors(await Task.FromResult(asJson).JsonAsync(HttpStatusCode.OK)).ShouldBe(found, json);

        var defined = await _worker.PutAsync($"/api/definitions/{kind}/{version}", yaml).JsonAsync(found.Length == 0 ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        if (found.Length > 0)
            Errors(defined).ShouldBe(found, json);

        // A scope without a key is refused, so that nothing is started.
        var start = await _worker.PostAsync("/api/runs", $$"""{"correlationScope":["running"],"plan":{{json}}}""").JsonAsync(HttpStatusCode.BadRequest);
        Errors(start).Where(error => !error.Contains("scope_without_key", StringComparison.Ordinal)).ShouldBe(found, json);
        return found;
    }

    private static string[] Errors(JsonElement answer) =>
    [
        .. answer.GetProperty("errors").EnumerateArray()
            .Select(error => $"{error.Text("pointer")} {error.Text("code")} {error.Text("message")}".Replace("/plan/nodes", "/nodes", StringComparison.Ordinal).Replace("/plan ", " ", StringComparison.Ordinal))
            .Select(error => error.StartsWith("/plan", StringComparison.Ordinal) ? error["/plan".Length..] : error)
            .Order(StringComparer.Ordinal),
    ];

    private static void Damage(PlanTree plan, Dice dice)
    {
        var all = plan.All.ToArray();
        var target = dice.Pick(all.Where(part => part.Parts.Count > 0).ToArray());
        var donor = dice.Pick(all);
        if (dice.Next(3) == 0 || donor.All.Contains(target))
            donor = PlanTree.Text(dice.Pick(_words));

        var at = dice.Next(target.Parts.Count);
        var name = target.Parts[at].Name;
        switch (dice.Next(4))
        {
            case 0:
                target.Parts.RemoveAt(at);
                break;
            case 1:
                target.Parts.Add((name, donor));
                break;
            case 2 when name is not null:
                target.Parts[at] = (dice.Pick(_words), donor);
                break;
            default:
                target.Parts[at] = (name, donor);
                break;
        }
    }
}
