using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_the_usage_is_wrong : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("error: There is no command strat. The commands are demo, server, start,", "strat")]
    [InlineData("error: A run follows steps, a plan or a definition. Name the steps, such as `saga start echo echo`, or give --plan or --kind. See `saga start --help`.", "start")]
    [InlineData("error: A run follows steps, a plan or a definition. Give only one of", "start", "echo", "--kind", "network")]
    [InlineData("error: --version is that of a definition.", "start", "echo", "--version", "2")]
    [InlineData("error: --version is `0`. It must be a number from 1.", "start", "--kind", "network", "--version", "0")]
    [InlineData("error: --plan and --input cannot both be standard input.", "start", "--plan", "-", "--input", "-")]
    [InlineData("error: The plan cannot be read.", "start", "--plan", "/nowhere/plan.yaml")]
    [InlineData("error: There is no option --oops. See `saga plan validate --help`.", "plan", "validate", "--oops")]
    [InlineData("error: The version is `one`. It must be a number from 1. See `saga define --help`.", "define", "network.yaml", "network", "one")]
    [InlineData("error: There is no option --inptu. See `saga start --help`.", "start", "echo", "--inptu", "x")]
    [InlineData("error: There is no option --jsno. See `saga show --help`.", "show", "--jsno")]
    [InlineData("error: --id is `4`. It must be a GUID such as", "start", "echo", "--id", "4")]
    [InlineData("error: --limit is `0`. It must be a number from 1 to 500.", "list", "--limit", "0")]
    [InlineData("error: --limit is `x`. It must be a number from 1 to 500.", "list", "--limit", "x")]
    [InlineData("error: --status is `done`. It must be one of pending, running,", "list", "--status", "done")]
    public async Task It_says_what_and_where_to_read_on(string error, params string[] args)
    {
        Outcome outcome = await _shell.RunAsync(args);

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldStartWith(error);
        outcome.Out.ShouldBeEmpty();
        _shell.Server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    public async Task Help_explains_exit_codes_and_variables(params string[] args)
    {
        Outcome outcome = await _shell.RunAsync(args);

        outcome.ExitCode.ShouldBe(0);
        outcome.Out.ShouldContain("3    the run ended rolled_back");
        outcome.Out.ShouldContain("SAGA_URL");
        outcome.Out.ShouldContain("rollback <run>");
    }
}
