using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_a_program_reads_the_output : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("GET /api/runs?limit=20", "list", "--json")]
    [InlineData("GET /api/steps", "steps", "--json")]
    [InlineData("GET /api/runs/" + CannedRun.Id, "show", CannedRun.Id, "--json")]
    [InlineData("POST /api/runs", "start", "echo", "--json")]
    public async Task It_is_exactly_what_the_server_said(string request, params string[] args)
    {
        const string Document = """{"id":"0199c0de-5a6a-7000-8000-000000000001","status":"running","steps":[],"unknownToThisProgram":{"ü":1.50}}""";
        _shell.Server.Answers(request, Document);

        (await _shell.RunAsync(args)).Out.ShouldBe(Document + "\n");
    }

    [Fact]
    public async Task A_watch_is_one_document_a_line_for_each_change()
    {
        string indented = CannedRun.Document("running", "echo:running").ToJsonString(new JsonSerializerOptions { WriteIndented = true });
        _shell.Server.Answers(CannedRun.Get, indented, indented, CannedRun.Of("completed", "echo:completed"));

        Outcome outcome = await _shell.RunAsync("watch", CannedRun.Id, "--json");

        outcome.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("status").GetString()).ShouldBe(["running", "completed"]);
        outcome.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refusal_is_the_servers_problem_on_standard_error()
    {
        const string Problem = """{"title":"Not found","status":404,"detail":"No run.","traceId":"x"}""";
        _shell.Server.Refuses("GET /api/runs/f", HttpStatusCode.NotFound, Problem);

        Outcome outcome = await _shell.RunAsync("show", "f", "--json");

        outcome.ShouldBe(new Outcome(1, "", Problem + "\n"));
    }

    [Theory]
    [InlineData("show")]
    [InlineData("show", "-")]
    [InlineData("list", "--limit", "none")]
    [InlineData("list")]
    [InlineData("start", "echo", "--input", "{")]
    [InlineData("steps", "--url", "nowhere")]
    public async Task Its_own_errors_are_problems_too(params string[] args)
    {
        _shell.Server.IsGoneFor("GET /api/runs?limit=20");

        Outcome outcome = await _shell.RunAsync([.. args, "--json"]);

        outcome.ExitCode.ShouldBeOneOf(1, 2);
        outcome.Out.ShouldBeEmpty();
        JsonDocument.Parse(outcome.Error).RootElement.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
    }
}
