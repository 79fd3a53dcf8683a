using System.Text.Json;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_a_run_is_started : IDisposable
{
    private readonly Shell _shell = new();

    public When_a_run_is_started() => _shell.Server.Answers("POST /api/runs", CannedRun.Of("pending", "echo", "fail"));

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Says_which_run_and_how_to_watch_it()
    {
        Outcome outcome = await _shell.RunAsync("start", "echo", "fail");

        outcome.ExitCode.ShouldBe(0);
        outcome.Out.ShouldContain($"Started run {CannedRun.Id}: echo → fail");
        outcome.Out.ShouldContain("saga watch -");
        outcome.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sends_the_steps_and_nothing_that_was_not_given()
    {
        await _shell.RunAsync("start", "echo", "fail");

        _shell.Server.Requests.ShouldHaveSingleItem().Body.ShouldBe("""{"steps":["echo","fail"]}""");
    }

    [Fact]
    public async Task Sends_an_id_of_ones_own()
    {
        await _shell.RunAsync("start", "echo", "--id", CannedRun.Id);

        JsonDocument.Parse(_shell.Server.Requests[0].Body).RootElement.GetProperty("runId").GetGuid().ShouldBe(Guid.Parse(CannedRun.Id));
    }

    [Fact]
    public async Task A_state_folder_that_cannot_be_written_does_not_hide_the_run()
    {
        _shell.Variables["SAGA_STATE"] = "/dev/null/nowhere";

        Outcome outcome = await _shell.RunAsync("start", "echo");

        outcome.ExitCode.ShouldBe(0);
        outcome.Out.ShouldContain(CannedRun.Id);
        outcome.Error.ShouldStartWith("note: `-` will not mean this run:");
    }
}
