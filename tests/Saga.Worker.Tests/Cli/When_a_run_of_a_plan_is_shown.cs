using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_a_run_of_a_plan_is_shown : IDisposable
{
    private readonly Shell _shell = new();
    private readonly JsonArray _plan = [];
    private readonly JsonArray _nodes = [];
    private readonly JsonArray _waits = [];

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Items_stand_under_their_map_although_they_were_laid_out_last()
    {
        Planned(0, "subnets", "map");
        Planned(1, "boot", "step", "echo");
        Begun(0, "subnets", "map", "running");
        Begun(2, "subnets[0]", "item", "completed");
        Begun(3, "subnets[0]/create", "step", "completed");
        Begun(4, "subnets[1]", "item", "running");

        Outcome outcome = await ShowAsync();

        Names(outcome).ShouldBe(["subnets", "\u00a0\u00a0subnets[0]", "\u00a0\u00a0\u00a0\u00a0subnets[0]/create", "\u00a0\u00a0subnets[1]", "boot"]);
        outcome.Out.ShouldContain("1 of 2 completed, 1 running");
    }

    [Theory]
    [InlineData("""{"node":"a","for":"signal","signals":["approved","rejected"],"until":"2026-03-01T12:01:00Z"}""",
        "waits for signal approved or rejected until 12:01:00 UTC (in 1 min 00 s)")]
    [InlineData("""{"node":"a","for":"signal","signals":["a","b"],"all":true}""", "waits for signal a and b")]
    [InlineData("""{"node":"a","for":"retry","until":"2026-03-01T12:00:02Z"}""", "next attempt in 2.0 s")]
    [InlineData("""{"node":"a","for":"moment","until":"2026-03-02T12:00:00Z"}""", "sleeps until 2026-03-02 12:00:00 UTC (in 1 d 00 h)")]
    [InlineData("""{"node":"a","for":"child","childRunId":"0199c0de-5a6a-7000-8000-000000000002"}""", "child run 0199c0de-5a6a-7000-8000-000000000002")]
    public async Task What_a_node_waits_for_is_told_beside_it(string wait, string told)
    {
        Planned(0, "a", "signal");
        Begun(0, "a", "signal", "waiting");
        _waits.Add(JsonNode.Parse(wait));

        Outcome outcome = await ShowAsync();

        outcome.Lines.Single(line => line.Contains(" signal  ", StringComparison.Ordinal)).TrimEnd().ShouldEndWith(told);
        outcome.Out.ShouldContain($"waits for  a: {told}");
    }

    [Fact]
    public async Task Of_a_large_map_only_what_is_under_way_is_shown()
    {
        LargeMap();

        Outcome outcome = await ShowAsync();

        Names(outcome).ShouldBe(["hosts", "\u00a0\u00a0hosts[7]", "\u00a0\u00a0\u00a0\u00a0hosts[7]/check", "\u00a0\u00a099 more items; --all shows them"]);
        outcome.Out.ShouldContain("99 of 100 completed, 1 running");
    }

    [Fact]
    public async Task All_of_it_is_shown_on_request()
    {
        LargeMap();

        Names(await ShowAsync("--all")).Length.ShouldBe(201);
    }

    [Fact]
    public async Task A_watch_tells_of_a_large_map_how_many_items_stand_where()
    {
        LargeMap();

        Outcome outcome = await ShowAsync(command: "watch");

        outcome.Lines.ShouldContain("#0 hosts: running (99 of 100 completed, 1 running)");
        outcome.Lines.ShouldNotContain(line => line.Contains("hosts[", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_skipped_is_dimmed_on_a_terminal()
    {
        _shell.IsTerminal = true;
        Planned(0, "size/large", "branch");
        Begun(0, "size/large", "branch", "skipped");

        (await ShowAsync()).Out.ShouldContain("\e[2msize/large");
    }

    [Fact]
    public async Task The_facts_name_kind_key_and_parent()
    {
        JsonObject run = CannedRun.Document("completed");
        run["kind"] = "network";
        run["version"] = 2;
        run["correlationKey"] = "ORDER-42";
        run["parent"] = new JsonObject { ["runId"] = CannedRun.Id, ["node"] = "tenant" };
        _shell.Server.Answers(CannedRun.Get, run.ToJsonString());

        Outcome outcome = await _shell.RunAsync("show", CannedRun.Id);

        outcome.Out.ShouldContain("kind      network v2");
        outcome.Out.ShouldContain("key       ORDER-42");
        outcome.Out.ShouldContain($"child of  node tenant of run {CannedRun.Id}");
    }

    private void LargeMap()
    {
        Planned(0, "hosts", "map");
        Begun(0, "hosts", "map", "running");
        for (int item = 0; item < 100; item++)
        {
            Begun(1 + (2 * item), $"hosts[{item}]", "item", item == 7 ? "running" : "completed");
            Begun(2 + (2 * item), $"hosts[{item}]/check", "step", item == 7 ? "running" : "completed");
        }
    }

    private void Planned(int index, string name, string kind, string? step = null) =>
        _plan.Add(new JsonObject { ["index"] = index, ["name"] = name, ["kind"] = kind, ["step"] = step });

    private void Begun(int index, string name, string kind, string status) =>
        _nodes.Add(new JsonObject { ["index"] = index, ["name"] = name, ["kind"] = kind, ["status"] = status, ["attempts"] = 1 });

    private async Task<Outcome> ShowAsync(string? option = null, string command = "show")
    {
        JsonObject run = CannedRun.Document("running");
        run["plan"] = _plan;
        run["nodes"] = _nodes;
        run["waitingOn"] = _waits;
        _shell.Server.Answers(CannedRun.Get, run.ToJsonString());
        if (command == "watch")
            _shell.Server.Answers(CannedRun.Get, CannedRun.Of("completed"));
        return await _shell.RunAsync(option is null ? [command, CannedRun.Id] : [command, CannedRun.Id, option]);
    }

    // The second column; no-break spaces indent it, and only ordinary ones separate columns.
    private static string[] Names(Outcome outcome) =>
        [.. outcome.Lines.SkipWhile(line => !line.StartsWith('─')).Skip(1).Where(line => line.Trim(' ').Length > 0)
            .Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries)[1].Trim(' '))];
}
