using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_the_demo_is_run : IDisposable
{
    private readonly Shell _shell = new();
    private readonly ToyServer _server = new();

    public When_the_demo_is_run() => _shell.Host = _server.Build;

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_shows_four_runs_and_what_to_try_next(bool terminal)
    {
        _shell.IsTerminal = terminal;
        _shell.Variables["SAGA_COMMAND"] = "./saga";

        Outcome outcome = await _shell.RunAsync("demo");

        outcome.Error.ShouldBeEmpty();
        outcome.ExitCode.ShouldBe(0);
        foreach (string part in new[] { "1. ", "2. ", "3. ", "4. ", "completed", "rolled_back", "by all steps", "step_failed:fail", "./saga server", "curl" })
            outcome.Out.ShouldContain(part);
        _server.Runs.Select(run => string.Join(' ', run.Steps)).ShouldBe(["echo echo echo", "echo echo fail", "echo delay echo"], ignoreOrder: true);
    }

    [Fact]
    public async Task It_cancels_while_the_delay_is_under_way()
    {
        await _shell.RunAsync("demo");

        _server.Runs.Single(run => run.Steps.Contains("delay")).CancelledDuringDelay.ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_that_does_not_keep_the_promise_is_not_glossed_over()
    {
        _shell.Host = new ToyServer(honest: false).Build;

        Outcome outcome = await _shell.RunAsync("demo");

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldContain("The demo did not go as it should: run ");
        outcome.Error.ShouldContain("ended failed, not rolled_back");
    }

    [Fact]
    public async Task Its_data_is_gone_afterwards()
    {
        await _shell.RunAsync("demo");

        DataFolder().ShouldNotBeNull();
        Directory.Exists(DataFolder()).ShouldBeFalse();
    }

    [Fact]
    public async Task Interrupted_it_leaves_nothing_behind_either()
    {
        using var ctrlC = new CancellationTokenSource();
        _shell.CtrlC = ctrlC.Token;
        _shell.Host = args =>
        {
            ctrlC.Cancel();
            return _server.Build(args);
        };

        Outcome outcome = await _shell.RunAsync("demo");

        outcome.ExitCode.ShouldBe(130);
        outcome.Error.ShouldContain("nothing is left behind");
        Directory.Exists(DataFolder()).ShouldBeFalse();
    }

    [Fact]
    public async Task It_does_not_use_the_broker_or_database_of_the_environment()
    {
        await _shell.RunAsync("demo");

        _server.Arguments.ShouldContain("--ConnectionStrings:Broker=");
        _server.Arguments.ShouldContain("--Saga:Roles=orchestrator,steps,api");
        DataFolder()!.ShouldContain("saga-demo-");
    }

    private string? DataFolder() =>
        Path.GetDirectoryName(_server.Arguments.Single(arg => arg.Contains("Data Source=", StringComparison.Ordinal)).Split("Data Source=")[1]);
}
