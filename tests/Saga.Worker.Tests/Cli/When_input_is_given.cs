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

    [Theory]
    [InlineData("start", "echo", "--input", """{"message":"\ud800"}""")]
    [InlineData("logic", """{"var":"a"}""", """{"a":"\ud800"}""")]
    [InlineData("logic", """ "\ud800" """)]
    public async Task Half_of_a_surrogate_pair_is_refused(params string[] command)
    {
        Outcome outcome = await _shell.RunAsync(command);

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldContain("has half of a surrogate pair, which is no character, in a text");
        _shell.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_is_UTF8()
    {
        string file = Path.Combine(_shell.StateFolder, "input.json");
        await File.WriteAllBytesAsync(file, [.. "\"h"u8, 0xE9, .. "\""u8]);
        _shell.StandardInputBytes = System.Text.Encoding.Unicode.GetBytes(Hello);

        Outcome latin = await _shell.RunAsync("start", "echo", "--input", "@" + file);
        Outcome utf16 = await _shell.RunAsync("start", "echo", "--input", "-");
        Outcome plan = await _shell.RunAsync("plan", "validate", "--offline", file);

        (latin.ExitCode, utf16.ExitCode, plan.ExitCode).ShouldBe((2, 2, 2));
        latin.Error.ShouldStartWith($"error: `{file}` has a byte that is no UTF-8, 0xE9, at offset 2, in line 1. Text must be UTF-8.");
        utf16.Error.ShouldStartWith("error: Standard input is UTF-16 text. Text must be UTF-8. Save or send it as UTF-8.");
        plan.Error.ShouldStartWith($"error: `{file}` has a byte that is no UTF-8");
        _shell.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over()
    {
        _shell.StandardInputBytes = [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Hello)];

        await _shell.RunAsync("start", "echo", "--input", "-");

        SentInput().ShouldBe(Hello);
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
