using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_a_plan_is_started : IDisposable
{
    private const string Greeting = "name: greeting\nnodes:\n  - name: hello\n    step: ecko\n";

    private readonly Shell _shell = new();

    public When_a_plan_is_started() => _shell.Server.Answers("POST /api/runs", CannedRun.Of("pending", "echo"));

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Its_file_is_sent_as_JSON()
    {
        Outcome outcome = await _shell.RunAsync("start", "--plan", await FileAsync(Greeting), "--key", "ORDER-42");

        _shell.Server.Requests.ShouldHaveSingleItem().Body
            .ShouldBe("""{"plan":{"name":"greeting","nodes":[{"name":"hello","step":"ecko"}]},"correlationKey":"ORDER-42"}""");
        outcome.Out.ShouldContain($"Started run {CannedRun.Id}: greeting");
    }

    [Fact]
    public async Task It_may_come_from_standard_input()
    {
        _shell.StandardInput = """{"nodes":[{"name":"hello","step":"echo"}]}""";

        Outcome outcome = await _shell.RunAsync("start", "--plan", "-");

        outcome.ExitCode.ShouldBe(0);
        Sent("plan").GetProperty("nodes").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Text_that_is_no_YAML_is_refused_with_its_line()
    {
        string file = await FileAsync("nodes:\n  - name: [hello\n");

        Outcome outcome = await _shell.RunAsync("start", "--plan", file);

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldStartWith($"error: The plan was refused.\n  {file}:");
        _shell.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_server_finds_wrong_is_told_with_lines_of_the_file()
    {
        string file = await FileAsync(Greeting);
        using var refusing = new Shell();
        refusing.Server.Refuses("POST /api/runs", HttpStatusCode.BadRequest, """{"title":"The run was refused","status":400}""");
        refusing.Server.Answers(
            "POST /api/plans/validate",
            """{"isValid":false,"errors":[{"pointer":"/nodes/0/step","code":"unknown_step","message":"Did you mean `echo`?","line":4}],"warnings":[]}""");

        Outcome outcome = await refusing.RunAsync("start", "--plan", file);

        outcome.ShouldBe(new Outcome(1, "", $"error: The plan was refused.\n  {file}:4: unknown_step: Did you mean `echo`?\n"));
        refusing.Server.Requests[^1].Body.ShouldBe(Greeting);
    }

    [Fact]
    public async Task A_definition_is_started_by_its_kind()
    {
        Outcome outcome = await _shell.RunAsync("start", "--kind", "network", "--version", "2", "--input", "[1]");

        _shell.Server.Requests.ShouldHaveSingleItem().Body.ShouldBe("""{"kind":"network","version":2,"input":[1]}""");
        outcome.Out.ShouldContain("network version 2");
    }

    private JsonElement Sent(string property) => JsonElement.Parse(_shell.Server.Requests.ShouldHaveSingleItem().Body).GetProperty(property);

    private async Task<string> FileAsync(string text)
    {
        string file = Path.Combine(_shell.StateFolder, "plan.yaml");
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
