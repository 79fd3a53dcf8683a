using System.Net;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_a_run_is_named_in_short : IDisposable
{
    private readonly Shell _shell = new();

    public When_a_run_is_named_in_short()
    {
        _shell.Server.Answers("POST /api/runs", CannedRun.Of("pending", "echo"));
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("running", "echo:running"));
        _shell.Server.Answers("GET /api/runs/0199", CannedRun.Of("running", "echo:running"));
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task The_server_finds_it_by_prefix()
    {
        Outcome outcome = await _shell.RunAsync("show", "0199");

        outcome.ExitCode.ShouldBe(0);
        outcome.Out.ShouldContain(CannedRun.Id);
    }

    [Fact]
    public async Task An_operation_is_asked_for_by_full_id()
    {
        _shell.Server.Answers($"POST /api/runs/{CannedRun.Id}/cancel", CannedRun.Of("compensating", "echo:completed"));

        (await _shell.RunAsync("cancel", "0199")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task An_ambiguous_prefix_is_refused_with_the_servers_reason()
    {
        _shell.Server.Refuses("GET /api/runs/01", HttpStatusCode.Conflict, CannedRun.Problem("Ambiguous id", "3 runs begin with 01."));

        (await _shell.RunAsync("show", "01")).ShouldBe(new Outcome(1, "", "error: Ambiguous id. 3 runs begin with 01.\n"));
    }

    [Fact]
    public async Task A_dash_is_the_last_run_started()
    {
        await _shell.RunAsync("start", "echo");

        (await _shell.RunAsync("show", "-")).Out.ShouldContain(CannedRun.Id);
    }

    [Fact]
    public async Task A_dash_means_the_last_run_on_that_server()
    {
        await _shell.RunAsync("start", "echo", "--url", "http://one.example");

        (await _shell.RunAsync("show", "-", "--url", "http://one.example/")).ExitCode.ShouldBe(0);
        (await _shell.RunAsync("show", "-", "--url", "http://two.example")).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_dash_before_any_start_says_what_it_would_mean()
    {
        Outcome outcome = await _shell.RunAsync("watch", "-");

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldBe(
            "error: `-` means the last run started from here, but none was started on http://127.0.0.1:5080. "
            + "Start one with `saga start`, or see `saga list` for the ids of others.\n");
    }
}
