using System.Net;
using System.Net.Mime;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_no_server_can_help : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Nobody_answering_is_told_with_a_remedy()
    {
        _shell.Server.IsGoneFor("GET /api/steps");

        (await _shell.RunAsync("steps")).ShouldBe(new Outcome(
            1,
            "",
            "error: No saga server answers at http://127.0.0.1:5080 (Connection refused). "
            + "Start one with `saga server`, or set SAGA_URL or --url to where it is.\n"));
    }

    [Fact]
    public async Task Another_program_on_the_port_is_told_apart()
    {
        _shell.Server.Says("GET /api/steps", HttpStatusCode.OK, "<html>", MediaTypeNames.Text.Html);

        (await _shell.RunAsync("steps")).Error.ShouldStartWith(
            "error: What answers at http://127.0.0.1:5080 is not a saga server: 200 with text/html.");
    }

    [Fact]
    public async Task A_failure_without_a_reason_is_told_as_such()
    {
        _shell.Server.Says("GET /api/steps", HttpStatusCode.BadGateway, "", MediaTypeNames.Text.Plain);

        (await _shell.RunAsync("steps")).Error.ShouldStartWith("error: http://127.0.0.1:5080 answered 502 (Bad Gateway) without saying why.");
    }

    [Fact]
    public async Task The_option_goes_before_the_variable()
    {
        _shell.Variables["SAGA_URL"] = "http://variable.example";
        _shell.Server.Answers("GET /api/steps", """{"steps":[]}""");
        _shell.Server.Answers("GET /behind/api/steps", """{"steps":[]}""");

        await _shell.RunAsync("steps");
        await _shell.RunAsync("steps", "--url", "https://option.example/behind");

        _shell.Server.Requests.Select(request => request.Address.AbsoluteUri).ShouldBe(
            ["http://variable.example/api/steps", "https://option.example/behind/api/steps"]);
    }

    [Fact]
    public async Task The_option_may_stand_before_the_command()
    {
        _shell.Server.Answers("GET /api/steps", """{"steps":[]}""");

        (await _shell.RunAsync("--url", "http://option.example", "steps")).ExitCode.ShouldBe(0);
        (await _shell.RunAsync("--url=http://option.example", "steps", "--json")).ExitCode.ShouldBe(0);

        _shell.Server.Requests.ShouldAllBe(request => request.Address.AbsoluteUri == "http://option.example/api/steps");
    }

    [Fact]
    public async Task A_bad_address_is_wrong_usage()
    {
        _shell.Variables["SAGA_URL"] = "localhost:5080";

        Outcome outcome = await _shell.RunAsync("steps");

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldStartWith("error: `localhost:5080` is not the address of a server. SAGA_URL must be");
    }
}
