using System.Net;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_definitions_are_managed : IDisposable
{
    private const string Put = "PUT /api/definitions/network/2";

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task A_file_is_registered_as_it_was_written()
    {
        _shell.StandardInput = "nodes: [{ name: vpc, step: create-vpc }] # as written";
        _shell.Server.Answers(Put, """{"kind":"network","version":2,"planHash":"x","createdAt":"2026-03-01T11:59:00Z"}""");

        Outcome outcome = await _shell.RunAsync("define", "-", "network", "2");

        outcome.Out.ShouldBe("Registered network version 2.\nStart it: saga start --kind network\n");
        _shell.Server.Requests.ShouldHaveSingleItem().Body.ShouldBe(_shell.StandardInput);
    }

    [Fact]
    public async Task A_refused_one_is_told_with_lines()
    {
        _shell.Server.Refuses(
            Put,
            HttpStatusCode.BadRequest,
            """{"title":"The plan was refused","status":400,"detail":"Bad.","errors":[{"pointer":"/nodes","code":"empty","message":"Bad.","line":1}]}""");

        (await _shell.RunAsync("define", "-", "network", "2")).Error.ShouldBe("error: The plan was refused.\n  standard input:1: empty: Bad.\n");
    }

    [Fact]
    public async Task They_are_listed()
    {
        _shell.Server.Answers(
            "GET /api/definitions",
            """{"definitions":[{"kind":"network","version":2,"planHash":"0123456789abcdef","createdAt":"2026-03-01T11:59:00Z"}]}""");

        (await _shell.RunAsync("definitions")).Lines.Single(line => line.Contains("network", StringComparison.Ordinal))
            .Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ShouldBe(["network", "2", "1 min 00 s ago", "0123456789ab"]);
    }

    [Fact]
    public async Task An_empty_list_says_how_to_register()
    {
        _shell.Server.Answers("GET /api/definitions", """{"definitions":[]}""");

        (await _shell.RunAsync("definitions")).Out.ShouldContain("saga define");
    }
}
