using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed partial class When_a_terminal_is_narrow : IDisposable
{
    private readonly Shell _shell = new() { IsTerminal = true, Width = 80 };

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_name_stands_without_that_of_what_it_is_in()
    {
        string[] lines = await LedgerAsync(
            ("outcome", "route", null), ("outcome/default", "branch", null), ("outcome/default/create", "step", "create-database"),
            ("hosts", "map", null), ("hosts[0]", "item", null), ("hosts[0]/install", "step", "echo"));

        lines.Select(NameOn).ShouldBe(["outcome", "··default", "····create", "hosts", "··[0]", "····install"]);
    }

    [Fact]
    public async Task Every_node_has_one_line_and_none_is_wider()
    {
        string[] lines = await LedgerAsync([.. Enumerable.Range(0, 5).Select(depth =>
            (string.Join('/', Enumerable.Range(0, depth + 1).Select(level => $"a-node-with-a-name-that-is-long-{level}")), "step", (string?)"a-step-with-a-long-name"))]);

        lines.Length.ShouldBe(5);
        lines.ShouldAllBe(line => line.Length <= 80);
        lines.Select(NameOn).ShouldAllBe(name => name.EndsWith('…'));
    }

    [Fact]
    public async Task A_note_has_room_for_its_words()
    {
        string[] lines = await LedgerAsync("""[{"node":"outcome/default/create","for":"signal","signals":["approved","rejected"],"until":"2026-03-01T12:01:00Z"}]""",
            ("outcome", "route", null), ("outcome/default", "branch", null), ("outcome/default/create", "signal", null));

        string note = string.Join(' ', lines[2..].Select(line => line.Split("pending")[^1].Trim()));
        note.ShouldBe("waits for signal approved or rejected until 12:01:00 UTC (in 1 min 00 s)");
        lines.Length.ShouldBeLessThanOrEqualTo(7);
    }

    [Fact]
    public async Task With_room_for_whole_names_they_are_whole()
    {
        _shell.Width = 120;

        string[] lines = await LedgerAsync(("outcome", "route", null), ("outcome/default", "branch", null), ("outcome/default/create", "step", "create-database"));

        lines.Select(NameOn).ShouldBe(["outcome", "··outcome/default", "····outcome/default/create"]);
    }

    private Task<string[]> LedgerAsync(params (string Name, string Kind, string? Step)[] nodes) => LedgerAsync("[]", nodes);

    private async Task<string[]> LedgerAsync(string waits, params (string Name, string Kind, string? Step)[] nodes)
    {
        JsonObject run = CannedRun.Document("running");
        run["plan"] = new JsonArray([.. nodes.Select((node, index) => (JsonNode)new JsonObject { ["index"] = index, ["name"] = node.Name, ["kind"] = node.Kind, ["step"] = node.Step })]);
        run["waitingOn"] = JsonNode.Parse(waits);
        _shell.Server.Answers(CannedRun.Get, run.ToJsonString());

        Outcome outcome = await _shell.RunAsync("show", CannedRun.Id);

        string[] lines = [.. outcome.Lines.Select(line => Colour().Replace(line, "").TrimEnd(' '))];
        return [.. lines.SkipWhile(line => !line.StartsWith('─')).Skip(1).Where(line => line.Length > 0)];
    }

    // No-break spaces indent it; dots show them here.
    private static string NameOn(string line) => line.Trim(' ').Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].Replace('\u00a0', '·');

    [GeneratedRegex("\u001b\\[[0-9;]*m", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Colour();
}
