using System.Text.Json;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_a_plan_is_validated : IDisposable
{
    private const string Validate = "POST /api/plans/validate";

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Every_problem_is_a_line_that_names_its_place()
    {
        _shell.Server.Answers(
            Validate,
            """
            {"isValid":false,"errors":[{"pointer":"/nodes/0/step","code":"unknown_step","message":"Did you mean `echo`?","line":3}],
             "warnings":[{"pointer":"/nodes/1","code":"never_runs","message":"It never runs.","line":7}]}
            """);
        string file = await FileAsync("nodes: []");

        (await _shell.RunAsync("plan", "validate", file)).ShouldBe(new Outcome(
            1, $"{file}:3: unknown_step: Did you mean `echo`?\n{file}:7: warning: never_runs: It never runs.\n", ""));
    }

    [Fact]
    public async Task A_valid_one_says_how_many_nodes_it_has()
    {
        _shell.Server.Answers(Validate, """{"isValid":true,"nodeCount":3,"hash":"x","errors":[],"warnings":[]}""");
        string file = await FileAsync("nodes: []");

        (await _shell.RunAsync("plan", "validate", file)).ShouldBe(new Outcome(0, $"{file}: valid, 3 nodes\n", ""));
    }

    [Fact]
    public async Task Its_form_is_checked_when_no_server_answers()
    {
        _shell.Server.IsGoneFor(Validate);

        Outcome outcome = await _shell.RunAsync("plan", "validate", await FileAsync("nodes:\n  - name: hello\n    stepp: echo\n"));

        outcome.ExitCode.ShouldBe(1);
        outcome.Out.ShouldContain(":3: unknown_property: ");
        outcome.Error.ShouldBe("note: No server was asked, so the names of steps and definitions were not checked.\n");
    }

    [Fact]
    public async Task A_server_that_was_named_and_does_not_answer_is_an_error()
    {
        _shell.Server.IsGoneFor(Validate);

        Outcome outcome = await _shell.RunAsync("plan", "validate", await FileAsync("nodes: [{ name: a, step: echo }]"), "--url", "http://127.0.0.1:1");

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldContain("No saga server answers");
    }

    [Fact]
    public async Task Offline_no_server_is_asked()
    {
        string file = await FileAsync("nodes: [{ name: net, subsaga: { kind: network } }, { name: a, step: anything }]");

        Outcome outcome = await _shell.RunAsync("plan", "validate", "--offline", file);

        outcome.ExitCode.ShouldBe(0);
        outcome.Out.ShouldContain("warning: unknown_definition: No server was asked");
        _shell.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_program_gets_the_check_as_JSON()
    {
        string file = await FileAsync("nodes: [{ name: a, stepp: anything }]");

        Outcome outcome = await _shell.RunAsync("plan", "validate", "--offline", "--json", file);

        outcome.ExitCode.ShouldBe(1);
        JsonElement check = JsonElement.Parse(outcome.Out);
        check.GetProperty("isValid").GetBoolean().ShouldBeFalse();
        check.GetProperty("errors")[0].GetProperty("line").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task It_can_be_drawn_without_a_server()
    {
        _shell.StandardInput = "nodes: [{ name: hello, step: echo }]";

        Outcome outcome = await _shell.RunAsync("plan", "graph", "-");

        outcome.ExitCode.ShouldBe(0);
        outcome.Out.ShouldStartWith("digraph saga {\n");
        outcome.Out.ShouldContain("hello\\nstep echo");
        _shell.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_drawn_with_the_plans_of_the_definitions_in_it()
    {
        _shell.StandardInput = "nodes: [{ name: net, subsaga: { kind: network } }]";
        _shell.Server.Answers("GET /api/definitions", """{"definitions":[{"kind":"network","version":1},{"kind":"network","version":2}]}""");
        _shell.Server.Answers("GET /api/definitions/network/2", """{"kind":"network","version":2,"plan":{"nodes":[{"name":"vpc","step":"create-vpc"}]}}""");

        (await _shell.RunAsync("plan", "graph", "-")).Out.ShouldContain("vpc\\nstep create-vpc");
    }

    private async Task<string> FileAsync(string text)
    {
        string file = Path.Combine(_shell.StateFolder, "plan.yaml");
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
