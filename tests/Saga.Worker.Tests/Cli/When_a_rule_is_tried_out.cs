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

    [Fact]
    public async Task What_a_plan_would_refuse_is_noted()
    {
        Outcome outcome = await _shell.RunAsync("logic", """{"var":{"cat":["n"]}}""", """{"n":true}""");

        outcome.Out.ShouldBe("true\n");
        outcome.Error.ShouldContain("note: A plan would refuse the rule:");
    }

    [Fact]
    public async Task A_rule_that_is_no_JSON_is_wrong_usage() => (await _shell.RunAsync("logic", "{")).ExitCode.ShouldBe(2);
}
