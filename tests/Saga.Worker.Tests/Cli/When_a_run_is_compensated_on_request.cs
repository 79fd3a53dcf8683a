using System.Net;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_a_run_is_compensated_on_request : IDisposable
{
    private const string Cancel = $"POST /api/runs/{CannedRun.Id}/cancel";
    private const string Rollback = $"POST /api/runs/{CannedRun.Id}/rollback";

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Who_and_why_are_passed_on()
    {
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("running", "echo:running"));
        _shell.Server.Answers(Cancel, CannedRun.Of("compensating", "echo:running"));

        Outcome outcome = await _shell.RunAsync("cancel", CannedRun.Id, "--by", "ann", "--reason", "too late");

        outcome.ExitCode.ShouldBe(0);
        outcome.Out.ShouldContain($"Cancellation asked for: run {CannedRun.Id}, now compensating.");
        _shell.Server.Requests[^1].Body.ShouldBe("""{"by":"ann","reason":"too late"}""");
    }

    [Theory]
    [InlineData("rolled_back", 0)]
    [InlineData("completed", 1)]
    [InlineData("failed", 4)]
    [InlineData("stuck", 5)]
    public async Task Waiting_for_a_cancellation_exits_with_how_it_ended(string end, int exitCode)
    {
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("running", "echo:running"), CannedRun.Of(end, "echo:completed"));
        _shell.Server.Answers(Cancel, CannedRun.Of("running", "echo:running"));

        (await _shell.RunAsync("cancel", CannedRun.Id, "--wait")).ExitCode.ShouldBe(exitCode);
    }

    [Fact]
    public async Task Waiting_for_a_rollback_does_not_stop_at_the_completed_it_starts_from()
    {
        string completed = CannedRun.Of("completed", "echo:completed");
        _shell.Server.Answers(CannedRun.Get, completed, completed, CannedRun.Of("compensating", "echo:compensating"), CannedRun.Of("rolled_back", "echo:compensated"));
        _shell.Server.Answers(Rollback, completed);

        Outcome outcome = await _shell.RunAsync("rollback", CannedRun.Id, "--wait");

        outcome.ExitCode.ShouldBe(0);
        outcome.Lines[^1].ShouldBe($"run {CannedRun.Id}: rolled_back");
    }

    [Fact]
    public async Task A_run_that_cannot_be_cancelled_says_why()
    {
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("completed", "echo:completed"));
        _shell.Server.Refuses(Cancel, HttpStatusCode.Conflict, CannedRun.Problem("The run has completed", "Roll it back instead."));

        (await _shell.RunAsync("cancel", CannedRun.Id)).ShouldBe(new Outcome(1, "", "error: The run has completed. Roll it back instead.\n"));
    }
}
