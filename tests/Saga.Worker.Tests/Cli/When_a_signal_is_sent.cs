using System.Net;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_a_signal_is_sent : IDisposable
{
    private const string Approved = "POST /api/runs/" + CannedRun.Id + "/signals/approved";

    private readonly Shell _shell = new();

    public When_a_signal_is_sent()
    {
        _shell.Server.Answers(CannedRun.Get, CannedRun.Of("running", "echo:running"));
        _shell.Server.Answers("GET /api/runs/key%3AORDER-42", CannedRun.Of("running", "echo:running"));
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task It_carries_what_was_given()
    {
        _shell.Server.Answers(Approved, CannedRun.Of("running", "echo:running"));

        Outcome outcome = await _shell.RunAsync("signal", "key:ORDER-42", "approved", "--payload", """{"by":"kim"}""", "--dedup-key", "1");

        outcome.ExitCode.ShouldBe(0);
        outcome.Out.ShouldStartWith($"Sent signal approved to run {CannedRun.Id}.");
        _shell.Server.Requests[^1].Body.ShouldBe("""{"payload":{"by":"kim"},"dedupKey":"1"}""");
    }

    [Fact]
    public async Task Nothing_is_sent_that_was_not_given()
    {
        _shell.Server.Answers(Approved, CannedRun.Of("running", "echo:running"));

        await _shell.RunAsync("signal", CannedRun.Id, "approved");

        _shell.Server.Requests[^1].Body.ShouldBe("{}");
    }

    [Fact]
    public async Task A_payload_that_is_no_JSON_is_wrong_usage()
    {
        Outcome outcome = await _shell.RunAsync("signal", CannedRun.Id, "approved", "--payload", "yes");

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldStartWith("error: --payload is not JSON:");
    }

    [Fact]
    public async Task A_run_that_takes_none_is_an_error()
    {
        _shell.Server.Refuses(Approved, HttpStatusCode.Conflict, CannedRun.Problem("The signal was refused", "It has ended."));

        (await _shell.RunAsync("signal", CannedRun.Id, "approved")).ShouldBe(new Outcome(1, "", "error: The signal was refused. It has ended.\n"));
    }
}
