using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_a_run_is_shown : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task The_ledger_has_a_line_for_each_node_of_the_plan()
    {
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("running", "echo:completed", "delay:running", "echo"));

        Outcome outcome = await _shell.RunAsync("show", CannedRun.Id);

        Cells(outcome, "echo-0").ShouldBe(["0", "echo-0", "step echo", "completed", "1", "1.5 s"]);
        Cells(outcome, "delay-1").ShouldBe(["1", "delay-1", "step delay", "running", "1", "1 min 00 s"]);
        Cells(outcome, "echo-2").ShouldBe(["2", "echo-2", "step echo", "pending"]);
    }

    [Fact]
    public async Task What_was_never_begun_is_not_pending_once_the_run_has_ended()
    {
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("rolled_back", "fail:failed", "echo"));

        Cells(await _shell.RunAsync("show", CannedRun.Id), "echo-1").ShouldBe(["1", "echo-1", "step echo", "not begun"]);
    }

    [Fact]
    public async Task What_has_no_end_of_its_own_has_not_gone_on_longer_than_its_run()
    {
        JsonObject run = CannedRun.Document("rolled_back", "echo:compensated", "fail:running");
        run["completedAt"] = TickingTime.Now.AddSeconds(-40).ToString("O");
        _shell.Server.Answers(CannedRun.Get, run.ToJsonString());

        Cells(await _shell.RunAsync("show", CannedRun.Id), "fail-1").ShouldBe(["1", "fail-1", "step fail", "running", "1", "20.0 s"]);
    }

    [Theory]
    [InlineData("running", "signals    kept until a node takes them: go (2, the first 3.0 s ago), stop (1.0 s ago)")]
    [InlineData("completed", "signals  no node took: go (2, the first 3.0 s ago), stop (1.0 s ago)")]
    public async Task Signals_that_no_node_has_taken_are_listed_by_name(string status, string line)
    {
        JsonObject run = CannedRun.Document(status, "echo:running");
        run["signals"] = JsonNode.Parse(
            """[{"name":"go","receivedAt":"2026-03-01T11:59:57Z"},{"name":"stop","receivedAt":"2026-03-01T11:59:59Z"},{"name":"go","receivedAt":"2026-03-01T11:59:58Z"}]""");
        if (status == "running")
            run["waitingOn"] = JsonNode.Parse("""[{"node":"echo-0","step":"echo","for":"execute","attempt":1,"since":"2026-03-01T11:59:57Z"}]""");
        _shell.Server.Answers(CannedRun.Get, run.ToJsonString());

        (await _shell.RunAsync("show", CannedRun.Id)).Lines.ShouldContain(line);
    }

    [Fact]
    public async Task The_note_tells_the_error_and_how_it_was_compensated()
    {
        JsonObject run = CannedRun.Document("failed", "echo:compensated", "echo:compensation_failed", "fail:failed");
        run.Ledger(0)["compensation"] = JsonNode.Parse("""{"how":"nothing_to_do","attempts":1}""");
        run.Ledger(1)["compensation"] = JsonNode.Parse("""{"how":"failed","attempts":5,"error":{"code":"gone","message":"No such thing"}}""");
        run.Ledger(2)["error"] = JsonNode.Parse("""{"code":"fail","message":"It was asked to"}""");
        _shell.Server.Answers(CannedRun.Get, run.ToJsonString());

        Outcome outcome = await _shell.RunAsync("show", CannedRun.Id);

        Cells(outcome, "echo-0")[^1].ShouldBe("nothing to compensate");
        Cells(outcome, "echo-1")[^1].ShouldBe("compensation failed after 5 attempts: gone: No such thing");
        Cells(outcome, "fail-2")[^1].ShouldBe("fail: It was asked to");
    }

    [Fact]
    public async Task The_data_and_what_it_waits_for_are_told()
    {
        JsonObject run = CannedRun.Document("running", "delay:running");
        run["context"] = JsonNode.Parse("""{"a": "ü"}""");
        run["cancelRequested"] = true;
        run["waitingOn"] = JsonNode.Parse("""[{"node":"delay-0","step":"delay","for":"execute","attempt":1,"since":"2026-03-01T11:59:57Z"}]""");
        _shell.Server.Answers(CannedRun.Get, run.ToJsonString());

        Outcome outcome = await _shell.RunAsync("show", CannedRun.Id);

        outcome.Out.ShouldContain("""input      {"message":"hello"}""");
        outcome.Out.ShouldContain("""context    {"a":"ü"}""");
        outcome.Out.ShouldContain("flags      cancel requested");
        outcome.Out.ShouldContain("waits for  delay-0: delay to execute, attempt 1, since 3.0 s");
    }

    [Fact]
    public async Task Markup_and_escape_sequences_in_user_data_stay_text()
    {
        JsonObject run = CannedRun.Document("running", "[red]echo[/]:completed");
        run["reason"] = "\e[2Jgone";
        _shell.Server.Answers(CannedRun.Get, run.ToJsonString());

        Outcome outcome = await _shell.RunAsync("show", CannedRun.Id);

        outcome.Out.ShouldContain("[red]echo[/]");
        outcome.Out.ShouldNotContain("\e");
    }

    [Fact]
    public async Task A_terminal_gets_colours()
    {
        _shell.IsTerminal = true;
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("completed", "echo:completed"));

        (await _shell.RunAsync("show", CannedRun.Id)).Out.ShouldContain("\e[32mcompleted");
    }

    [Fact]
    public async Task Colours_that_are_unwanted_are_left_out()
    {
        _shell.IsTerminal = true;
        _shell.Variables["NO_COLOR"] = "1";
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("completed", "echo:completed"));

        (await _shell.RunAsync("show", CannedRun.Id)).Out.ShouldNotContain("\e[3");
    }

    private static string[] Cells(Outcome outcome, string node) =>
        outcome.Lines.Single(line => line.Contains(node, StringComparison.Ordinal))
            .Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
