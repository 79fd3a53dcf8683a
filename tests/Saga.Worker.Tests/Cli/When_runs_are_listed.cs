using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_runs_are_listed : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Each_has_a_line_with_its_full_id_status_and_age()
    {
        _shell.Server.Answers(
            "GET /api/runs?limit=20",
            """
            {"runs":[{"id":"0199c0de-5a6a-7000-8000-000000000001","status":"rolled_back","reason":"step_failed:fail","steps":["echo","fail"],
              "createdAt":"2026-03-01T11:59:00Z","startedAt":"2026-03-01T11:59:00Z","completedAt":"2026-03-01T11:59:01.5Z"}],"next":null}
            """);

        Outcome outcome = await _shell.RunAsync("list");

        string line = outcome.Lines.Single(line => line.Contains(CannedRun.Id, StringComparison.Ordinal));
        line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ShouldBe([CannedRun.Id, "rolled_back", "echo → fail", "1 min 00 s ago", "1.5 s", "step_failed:fail"]);
    }

    [Fact]
    public async Task The_next_page_is_a_command_to_copy()
    {
        _shell.Server.Answers(
            "GET /api/runs?status=running&limit=1",
            $$"""{"runs":[{"id":"{{CannedRun.Id}}","status":"running"}],"next":"c2"}""");

        (await _shell.RunAsync("list", "--status", "running", "--limit", "1")).Out.ShouldContain("saga list --status running --limit 1 --before c2");
    }

    [Fact]
    public async Task The_cursor_is_passed_on()
    {
        _shell.Server.Answers("GET /api/runs?before=c%262&limit=20", """{"runs":[]}""");

        (await _shell.RunAsync("list", "--before", "c&2")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task An_empty_list_says_how_to_start()
    {
        _shell.Server.Answers("GET /api/runs?limit=20", """{"runs":[],"next":null}""");

        (await _shell.RunAsync("list")).Out.ShouldContain("saga start");
    }
}
