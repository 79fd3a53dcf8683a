using System.Net;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_a_run_is_watched : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("completed", 0)]
    [InlineData("rolled_back", 3)]
    [InlineData("failed", 4)]
    [InlineData("stuck", 5)]
    public async Task Exits_with_how_it_ended(string status, int exitCode)
    {
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("running", "echo:running"), CannedRun.Of(status, "echo:completed"));

        (await _shell.RunAsync("watch", CannedRun.Id)).ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public async Task Stays_while_the_run_walks_back()
    {
        _shell.Server.Answers(
            CannedRun.Get, CannedRun.Of("pending", "echo"), CannedRun.Of("running", "echo:running"), CannedRun.Of("compensating", "echo:compensating"),
            CannedRun.Of("rolled_back", "echo:compensated"));

        (await _shell.RunAsync("watch", CannedRun.Id)).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task Starting_and_watching_exits_with_how_it_ended()
    {
        _shell.Server.Answers("POST /api/runs", CannedRun.Of("pending", "fail"));
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("rolled_back", "fail:failed"));

        (await _shell.RunAsync("start", "fail", "--watch")).ExitCode.ShouldBe(3);
    }

    [Fact]
    public async Task A_pipe_gets_one_line_for_each_change()
    {
        _shell.Server.Answers(
            CannedRun.Get,
            CannedRun.Of("running", "echo:running", "echo"),
            CannedRun.Of("running", "echo:running", "echo"),
            CannedRun.Of("running", "echo:completed", "echo:running"),
            CannedRun.Of("completed", "echo:completed", "echo:completed"));

        Outcome outcome = await _shell.RunAsync("watch", CannedRun.Id);

        outcome.Lines.ShouldBe(
        [
            $"run {CannedRun.Id}: running",
            "#0 echo-0: running",
            "#0 echo-0: completed",
            "#1 echo-1: running",
            "#1 echo-1: completed",
            $"run {CannedRun.Id}: completed",
        ]);
    }

    [Fact]
    public async Task A_terminal_gets_the_ledger_redrawn()
    {
        _shell.IsTerminal = true;
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("running", "echo:running", "echo"), CannedRun.Of("completed", "echo:completed", "echo:completed"));

        Outcome outcome = await _shell.RunAsync("watch", CannedRun.Id);

        outcome.Out.ShouldContain("pending");
        outcome.Out.ShouldContain("completed");
        outcome.Out.ShouldContain("\e[");
    }

    [Fact]
    public async Task A_server_that_restarts_is_waited_for()
    {
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("running", "echo:running"));
        _shell.Server.IsGoneFor(CannedRun.Get);
        _shell.Server.Refuses(CannedRun.Get, HttpStatusCode.ServiceUnavailable, CannedRun.Problem("Starting", "Not ready yet."));
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("completed", "echo:completed"));

        Outcome outcome = await _shell.RunAsync("watch", CannedRun.Id);

        outcome.ExitCode.ShouldBe(0);
        outcome.Error.ShouldStartWith("note: No saga server answers");
        outcome.Error.ShouldContain("Trying again.");
    }

    [Fact]
    public async Task A_server_that_stays_away_ends_the_watch()
    {
        _shell.Time.EachLook = TimeSpan.FromSeconds(20);
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("running", "echo:running"));
        _shell.Server.IsGoneFor(CannedRun.Get);

        Outcome outcome = await _shell.RunAsync("watch", CannedRun.Id);

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldContain("error: No saga server answers");
    }

    [Fact]
    public async Task Ctrl_C_leaves_the_run_alone_and_says_how_to_look_again()
    {
        using var ctrlC = new CancellationTokenSource();
        _shell.CtrlC = ctrlC.Token;
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("running", "echo:running"));
        _shell.Server.Will(CannedRun.Get, () =>
        {
            ctrlC.Cancel();
            throw new OperationCanceledException(ctrlC.Token);
        });

        Outcome outcome = await _shell.RunAsync("watch", CannedRun.Id);

        outcome.ExitCode.ShouldBe(130);
        outcome.Error.ShouldContain($"the run goes on. Look again: saga watch {CannedRun.Id}");
        _shell.Server.Requests.ShouldAllBe(request => request.Line.StartsWith("GET "));
    }

    [Fact]
    public async Task A_stuck_run_says_where_to_look()
    {
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("stuck", "echo:compensation_failed"));

        (await _shell.RunAsync("watch", CannedRun.Id)).Error.ShouldContain($"saga show {CannedRun.Id}");
    }
}
