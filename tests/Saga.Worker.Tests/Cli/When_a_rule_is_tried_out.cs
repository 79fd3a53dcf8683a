using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Cli;

public sealed class When_a_rule_is_tried_out : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Its_value_is_printed() =>
        (await _shell.RunAsync("logic", """{">":[{"var":"n"},3]}""", """{"n":5}""")).ShouldBe(new Outcome(0, "true\n", ""));

    [Fact]
    public async Task A_value_that_is_no_condition_is_explained_as_one() =>
        (await _shell.RunAsync("logic", """{"var":"n"}""", """{"n":[]}""")).ShouldBe(new Outcome(0, "[]\n", "note: As a condition this counts as false.\n"));

    [Fact]
    public async Task A_program_gets_both() =>
        (await _shell.RunAsync("logic", """{"+":[1,2]}""", "--json")).Out.ShouldBe("""{"value":3,"isTruthy":true}""" + "\n");

    [Fact]
    public async Task An_operator_nobody_knows_is_an_error()
    {
        Outcome outcome = await _shell.RunAsync("logic", """{"equals":[1,1]}""");

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldContain("unknown_operator");
        outcome.Error.ShouldContain("`equals`");
    }

    [Theory]
    [InlineData("""{"/":[1,0]}""", "Infinity", "true")]
    [InlineData("""{"+":["abc"]}""", "NaN", "false")]
    [InlineData("""{"max":[]}""", "-Infinity", "true")]
    public async Task A_rule_without_a_result_fails_as_a_template_does_and_says_what_it_is_as_a_condition(string rule, string none, string truth)
    {
        Outcome outcome = await _shell.RunAsync("logic", rule);

        outcome.ShouldBe(new Outcome(
            1,
            "",
            $"error: The rule has no result: it comes to `{none}`, of which JSON has no value. In a template it fails its node with `rule_has_no_result`. "
            + $"As a condition it counts as {truth}.\n"));
    }

    [Fact]
    public async Task Large_whole_numbers_are_exact_or_an_error()
    {
        (await _shell.RunAsync("logic", """{"+":[9007199254740992,1]}""")).Out.ShouldBe("9007199254740993\n");
        Outcome outcome = await _shell.RunAsync("logic", """{"+":[9007199254740993,0.5]}""");

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldContain("inexact_number");
    }

    [Fact]
    public async Task What_a_plan_would_refuse_is_noted()
    {
        Outcome outcome = await _shell.RunAsync("logic", """{"var":{"cat":["n"]}}""", """{"n":true}""");

        outcome.Out.ShouldBe("true\n");
        outcome.Error.ShouldContain("note: A plan would refuse the rule:");
    }

    [Fact]
    public async Task A_reference_is_an_error_that_names_the_place_and_what_to_do() =>
        (await _shell.RunAsync("logic", """{"==":[{"$ref":"vpc/id"},1]}""", """{"vpc":{"id":1}}""")).ShouldBe(new Outcome(
            1,
            "",
            "error: The rule has a `$ref` at `/==/0/$ref`, which reads what a run knows, and there is no run here. "
            + """Put a variable in its place, such as {"var":"vpc.id"}, and what it reads into the data: {"vpc":{"id":1}}.""" + "\n"));

    [Theory]
    [InlineData("The rule is not JSON: line 1, column 2: 'b' is an invalid start of a property name.", "@rule.json", "{bad")]
    [InlineData("The data is not JSON: line 1, column 2: 'b' is an invalid start of a property name.", "@data.json", "1", "{bad")]
    public async Task What_is_no_JSON_is_wrong_usage_and_told_with_its_place(string fact, string file, params string[] texts)
    {
        Outcome outcome = await _shell.RunAsync(["logic", .. texts]);

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldStartWith($"error: {fact}");
        outcome.Error.ShouldEndWith($"with the quotes that the shell needs; or {file} for a file, or - for standard input.\n");
    }
}
