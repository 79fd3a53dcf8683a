using System.Text.Json;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_input_is_given : IDisposable
{
    private const string Hello = """{"message":"hello"}""";

    private readonly Shell _shell = new();

    public When_input_is_given() => _shell.Server.Answers("POST /api/runs", CannedRun.Of("pending", "echo"));

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task As_an_argument_it_is_sent_as_JSON()
    {
        await _shell.RunAsync("start", "echo", "--input", Hello);

        SentInput().ShouldBe(Hello);
    }

    [Fact]
    public async Task As_a_file_it_is_read()
    {
        string file = Path.Combine(_shell.StateFolder, "input.json");
        await File.WriteAllTextAsync(file, Hello);

        await _shell.RunAsync("start", "echo", "--input", "@" + file);

        SentInput().ShouldBe(Hello);
    }

    [Fact]
    public async Task As_a_dash_it_is_read_from_standard_input()
    {
        _shell.StandardInput = Hello;

        await _shell.RunAsync("start", "echo", "--input", "-");

        SentInput().ShouldBe(Hello);
    }

    [Fact]
    public async Task Bad_JSON_is_refused_with_its_position()
    {
        Outcome outcome = await _shell.RunAsync("start", "echo", "--input", "{\n \"a\":}");

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldStartWith("error: --input is not JSON: line 2, column 6:");
        _shell.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        Outcome outcome = await _shell.RunAsync("start", "echo", "--input", "@/nowhere/input.json");

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldContain("/nowhere/input.json");
    }

    private string SentInput() => JsonDocument.Parse(_shell.Server.Requests.ShouldHaveSingleItem().Body).RootElement.GetProperty("input").GetRawText();
}
