using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_the_usage_is_wrong : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("error: There is no command strat. Did you mean `saga start`? The commands are demo, server, start,", "strat")]
    [InlineData("error: A run follows steps, a plan or a definition. Name the steps, such as `saga start echo echo`, or give --plan or --kind. See `saga start --help`.", "start")]
    [InlineData("error: A run follows steps, a plan or a definition. Give only one of", "start", "echo", "--kind", "network")]
    [InlineData("error: --version is that of a definition.", "start", "echo", "--version", "2")]
    [InlineData("error: --version is `0`. It must be a number from 1.", "start", "--kind", "network", "--version", "0")]
    [InlineData("error: --plan and --input cannot both be standard input.", "start", "--plan", "-", "--input", "-")]
    [InlineData("error: The plan cannot be read.", "start", "--plan", "/nowhere/plan.yaml")]
    [InlineData("error: There is no option --oops. See `saga plan validate --help`.", "plan", "validate", "--oops")]
    [InlineData("error: The version is `one`. It must be a number from 1. See `saga define --help`.", "define", "network.yaml", "network", "one")]
    [InlineData("error: There is no option --inptu. Did you mean `--input`? See `saga start --help`.", "start", "echo", "--inptu", "x")]
    [InlineData("error: There is no option --jsno. Did you mean `--json`? See `saga show --help`.", "show", "--jsno")]
    [InlineData("error: --id is `4`. It must be a GUID such as", "start", "echo", "--id", "4")]
    [InlineData("error: --limit is `0`. It must be a number from 1 to 500.", "list", "--limit", "0")]
    [InlineData("error: --limit is `x`. It must be a number from 1 to 500.", "list", "--limit", "x")]
    [InlineData("error: There is no command plan valdate. Did you mean `saga plan validate`? The commands are plan validate, plan graph. See `saga plan --help`.", "plan", "valdate", "x.yaml")]
    [InlineData("error: No command is given. The commands are plan validate, plan graph. See `saga plan --help`.", "plan")]
    [InlineData("error: No command is given. The commands are demo,", "--url", "http://127.0.0.1:1")]
    [InlineData("error: There is no option --ulr. Did you mean `--url`? See `saga list --help`.", "--ulr", "http://127.0.0.1:1", "list")]
    [InlineData("error: There is no option --statsu. Did you mean `--status`? See `saga list --help`.", "list", "--statsu", "failed")]
    [InlineData("error: There is no option --limt. Did you mean `--limit`? See `saga list --help`.", "list", "--limt=3")]
    [InlineData("error: `extra` is one word too many. See `saga steps --help`.", "steps", "extra")]
    [InlineData("error: --url names the server that a command asks, and `saga logic` asks none. See `saga logic --help`.", "--url", "http://127.0.0.1:1", "logic", "1")]
    [InlineData("{\"title\":\"`saga demo` has no --json.\",\"detail\":\"See `saga demo --help`.\"}", "--json", "demo")]
    [InlineData("error: There is no setting `--url`. Did you mean `--urls`? See `saga server --help`.", "server", "--url", "http://127.0.0.1:1")]
    [InlineData("error: There is no setting `--ConnectionString:Database`. Did you mean `--ConnectionStrings:Database`?", "server", "--ConnectionString:Database=Host=x")]
    [InlineData("error: There is no setting `--port`. Settings are --ConnectionStrings:…, --Saga:…,", "server", "--port", "5081")]
    [InlineData("error: There is no setting `--Saga:Rolse`. Did you mean `--Saga:Roles`?", "server", "--Saga:Rolse=api")]
    [InlineData("error: There is no setting `--Saga__Roles`. Did you mean `--Saga:Roles`?", "server", "--Saga__Roles=api")]
    [InlineData("error: There is no setting `--Saga:Rolse`. Did you mean `--Saga:Roles`?", "server", "--Saga__Rolse", "api")]
    [InlineData("error: --Saga:Roles has no value.", "server", "--Saga:Roles")]
    [InlineData("error: `api` is no setting.", "server", "api")]
    [InlineData("error: --status is `stuck`. It must be one of pending, running, compensating, completed, rolled_back, failed.", "list", "--status", "stuck")]
    [InlineData("error: --status is `done`. It must be one of pending, running,", "list", "--status", "done")]
    public async Task It_says_what_and_where_to_read_on(string error, params string[] args)
    {
        Outcome outcome = await _shell.RunAsync(args);

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldStartWith(error);
        outcome.Out.ShouldBeEmpty();
        _shell.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_settings_of_the_server_are_no_additional_arguments()
    {
        Outcome outcome = await _shell.RunAsync("server", "--help");

        outcome.ExitCode.ShouldBe(0);
        outcome.Out.ShouldContain("server [<setting>...] [options]");
        outcome.Out.ShouldNotContain("additional arguments");
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
