using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_the_input_does_not_fit
{
    [Theory]
    [InlineData("""{"name":"acme","size":"many"}""", "$.size")]
    [InlineData("""{"size":1}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("[]", "ScriptedInput")]
    [InlineData("null", "It is null.")]
    public async Task The_step_fails_without_being_called(string input, string clue)
    {
        var called = false;
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = _ =>
            {
                called = true;
                return Task.FromResult(StepResult.Completed<object?>(null));
            },
        });

        var answer = await worker.AskAsync<StepFailed>(Execute("scripted", input));

        (answer.Code, answer.Retryable).ShouldBe(("invalid_input", false));
        answer.Message.ShouldStartWith("The input of step `scripted` does not fit ScriptedInput: ");
        answer.Message.ShouldContain(clue);
        called.ShouldBeFalse();
    }

    [Fact]
    public async Task The_compensation_fails_without_being_called()
    {
        await using var worker = await StepWorker.StartAsync(new Script { Compensate = _ => throw new InvalidOperationException("Called.") });

        var answer = await worker.AskAsync<StepCompensationFailed>(Compensate("scripted", "[]"));

        (answer.Code, answer.Retryable).ShouldBe(("invalid_input", false));
    }
}
