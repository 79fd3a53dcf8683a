using System.Net;
using System.Text.Json;
using Saga.StateMachines.Plans;
using Saga.Worker.Tests.Api.Support;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Documentation;

[Collection(nameof(OneWorker))]
public sealed class The_plans_on_the_page(SharedWorker shared)
{
    private static readonly IReadOnlyList<PlanExample> _examples = PlanExample.In(Page.At("docs/plans.md"));

    private readonly EmbeddedWorker _worker = shared.Worker;

    public static TheoryData<int> Lines() => [.. _examples.Where(example => example.Says.ContainsKey("ends")).Select(example => example.Line)];

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task End_as_it_says_beside_them(int line)
    {
        foreach (var definition in _examples.Where(example => example.Says.ContainsKey("defines")))
            await _worker.PutAsync($"/api/definitions/{definition.Says["defines"].Replace(' ', '/')}", definition.Plan).JsonAsync(HttpStatusCode.OK);
        var example = _examples.Single(example => example.Line == line);
        var plan = PlanReader.ToJson(example.Plan, out _)!.Value;
        var input = example.Says.GetValueOrDefault("input", "{}");

        var id = await _worker.StartRunAsync($$"""{"plan":{{plan.GetRawText()}},"input":{{input}}}""");
        await SignalAsync(id, example);
        var run = await _worker.EndedRunAsync(id, example.Says["ends"]);

        if (example.Says.TryGetValue("output", out var output))
            run.GetProperty("output").ToString().ShouldBe(JsonElement.Parse(output).ToString());
    }

    [Fact]
    public void All_say_how_they_end() => _examples.Where(example => example.Says.Count == 0).ShouldBeEmpty();

    [Fact]
    public void Show_every_kind_of_node()
    {
        string[] kinds = ["step", "constant", "route", "map", "loop", "sleep", "signal", "child", "subsaga"];

        var shown = _examples.Select(example => PlanReader.ReadText(example.Plan)).Where(read => read.IsAccepted)
            .SelectMany(read => read.Plan!.Graphs).SelectMany(graph => graph.Nodes).Select(node => node.Kind).ToHashSet(StringComparer.Ordinal);

        kinds.Except(shown, StringComparer.Ordinal).ShouldBeEmpty();
    }

    private async Task SignalAsync(Guid id, PlanExample example)
    {
        if (!example.Says.TryGetValue("signal", out var said))
            return;
        var signal = said.Split(' ', 2);
        var body = signal.Length == 2 ? $$"""{"payload":{{signal[1]}}}""" : null;
        await _worker.PostAsync($"/api/runs/{id}/signals/{signal[0]}", body).JsonAsync(HttpStatusCode.Accepted);
    }
}
