using System.Net;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

/// <summary>A hint can be copied as it stands: it begins with the word by which this program was called.</summary>
public sealed class When_a_hint_names_a_command : IDisposable
{
    private const string Run = """{"id":"01a20105-739c-7f3d-919a-7eaac36c99df","status":"running"}""";

    private readonly Shell _shell = new() { Variables = { ["SAGA_COMMAND"] = "./saga" } };

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Watch it: ./saga watch -", "start", "echo")]
    [InlineData("Watch it: ./saga watch 01a20105-739c", "signal", "01a2", "go")]
    [InlineData("Watch it: ./saga watch 01a20105-739c", "cancel", "01a2")]
    [InlineData("No runs yet. Start one: ./saga start echo echo --watch", "list")]
    [InlineData("Register one: ./saga define network.yaml network 1", "definitions")]
    [InlineData("Try `./saga demo` first.", "--help")]
    [InlineData("./saga graph - | dot", "graph", "--help")]
    [InlineData("./saga plan graph network.yaml | dot", "plan", "graph", "--help")]
    [InlineData("./saga logic '{", "logic", "--help")]
    public async Task On_the_output(string hint, params string[] args)
    {
        _shell.Server.Answers("POST /api/runs", Run);
        _shell.Server.Answers("GET /api/runs/01a2", Run);
        _shell.Server.Answers("POST /api/runs/01a20105-739c-7f3d-919a-7eaac36c99df/signals/go", Run);
        _shell.Server.Answers("POST /api/runs/01a20105-739c-7f3d-919a-7eaac36c99df/cancel", Run);
        _shell.Server.Answers("GET /api/runs?limit=20", """{"runs":[]}""");
        _shell.Server.Answers("GET /api/definitions", """{"definitions":[]}""");

        Outcome outcome = await _shell.RunAsync(args);

        outcome.ExitCode.ShouldBe(0, outcome.Error);
        outcome.Out.ShouldContain(hint);
    }

    [Theory]
    [InlineData("See `./saga --help`.", "strat")]
    [InlineData("Did you mean `./saga start`?", "strat")]
    [InlineData("See `./saga show --help`.", "show")]
    [InlineData("such as `./saga start echo echo`", "start")]
    [InlineData("Start one with `./saga server`", "steps")]
    [InlineData("Start one with `./saga start`, or see `./saga list`", "show", "-")]
    [InlineData("or `./saga list`.", "show", "77")]
    public async Task In_an_error_also_in_the_words_of_the_server(string hint, params string[] args)
    {
        _shell.Server.Refuses("GET /api/runs/77", HttpStatusCode.NotFound, """{"title":"There is no such run","detail":"Look for it in `GET /api/runs` or `saga list`."}""");

        Outcome outcome = await _shell.RunAsync(args);

        outcome.ExitCode.ShouldBeOneOf(1, 2);
        outcome.Error.ShouldContain(hint);
        outcome.Error.ShouldNotContain("`saga ");
    }
}
