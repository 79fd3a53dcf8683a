using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed partial class When_runs_are_listed : IDisposable
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
            .ShouldBe([CannedRun.Id, "rolled_back", "echo → fail", "1 min ago", "1.5 s", "step_failed:fail"]);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(200)]
    public async Task On_a_terminal_each_fits_on_one_line_and_its_id_is_short(int width)
    {
        _shell.IsTerminal = true;
        _shell.Width = width;
        _shell.Variables["NO_COLOR"] = "1";
        _shell.Server.Answers(
            "GET /api/runs?limit=20",
            """
            {"runs":[
              {"id":"01a20105-739c-7f3d-919a-7eaac36c99df","shortId":"01a20105-739c","status":"compensating","reason":"signal_timeout:a-decision-with-a-long-name","planName":"a network with a long name",
                "correlationKey":"ORDER-42","createdAt":"2026-03-01T11:00:00Z","startedAt":"2026-03-01T11:00:00Z"},
              {"id":"01a20105-739c-8f3d-919a-7eaac36c99df","shortId":"01a20105-739c-8","status":"failed","reason":"cancelled","steps":["echo"],"createdAt":"2026-03-01T11:59:59Z"}]}
            """);

        string[] lines = [.. (await _shell.RunAsync("list")).Lines.Select(line => Escape().Replace(line, "").TrimEnd())];

        lines.Length.ShouldBe(3);
        lines[0].ShouldMatch("^run +status +follows +created +took +reason$");
        lines[1].ShouldMatch("^01a20105-739c    compensating  a n.*signal_t");
        lines[2].ShouldMatch("^01a20105-739c-8  failed        echo .*cancelled$");
        lines.ShouldAllBe(line => line.Length <= width);
        (width < 200).ShouldBe(lines[1].Contains('…', StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_a_pipe_no_line_is_padded()
    {
        _shell.Server.Answers("GET /api/runs?limit=20", $$"""{"runs":[{"id":"{{CannedRun.Id}}","status":"running"}]}""");

        (await _shell.RunAsync("list")).Lines.ShouldAllBe(line => line == line.TrimEnd());
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

    [GeneratedRegex("\u001b\\[[0-9;]*m", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Escape();
}
