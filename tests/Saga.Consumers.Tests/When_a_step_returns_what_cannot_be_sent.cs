using System.Text.Json;
using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

/// <summary>The step did its work: the answer says so, and what is wrong.</summary>
public sealed class When_a_step_returns_what_cannot_be_sent
{
    private const string Input = """{"name":"acme"}""";

    [Fact]
    public async Task An_output_that_cannot_be_written_is_left_out_with_the_reason()
    {
        var answer = await AnswerAsync(new { Size = double.NaN });

        answer.Output.ShouldBeNull();
        answer.OutputLost.ShouldNotBeNull().Code.ShouldBe("invalid_output");
        answer.OutputLost.Message.ShouldStartWith("The step `scripted` did its work, and returned what cannot be sent as JSON:");
    }

    [Fact]
    public async Task The_deepest_output_arrives()
    {
        var answer = await AnswerAsync(Arrays(56));

        answer.Output.ShouldBeJson(new string('[', 56) + new string(']', 56));
        answer.OutputLost.ShouldBeNull();
    }

    [Theory]
    [InlineData(57)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(500)]
    public async Task A_deeper_one_is_left_out_with_the_reason(int depth)
    {
        var answer = await AnswerAsync(Arrays(depth));

        answer.Output.ShouldBeNull();
        answer.OutputLost.ShouldNotBeNull().Code.ShouldBe(depth <= 64 ? "value_too_deep" : "invalid_output");
    }

    [Fact]
    public async Task A_larger_one_than_any_broker_takes_is_left_out_with_the_reason()
    {
        var answer = await AnswerAsync(new string('x', 16 * 1024 * 1024));

        answer.OutputLost.ShouldNotBeNull().Code.ShouldBe("value_too_large");
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_in_a_text_of_the_step_becomes_the_replacement_character()
    {
        var answer = await AnswerAsync(new { Text = "a\uD83D" });

        answer.Output.ShouldBeJson("""{"text":"a\uFFFD"}""");
    }

    [Fact]
    public async Task JSON_with_half_of_one_is_left_out_with_the_reason()
    {
        var answer = await AnswerAsync(new { Json = JsonElement.Parse("\"\\ud83d\"") });

        answer.OutputLost.ShouldNotBeNull().Code.ShouldBe("invalid_output");
    }

    [Fact]
    public async Task A_value_too_deep_for_the_context_is_refused_where_it_is_put()
    {
        ArgumentException? refused = null;
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = context =>
            {
                context.Put("deepest", Arrays(55));
                refused = Should.Throw<ArgumentException>(() => context.Put("deeper", Arrays(56)));
                return Task.FromResult(StepResult.Completed<object?>(null));
            },
        });

        var answer = await worker.AskAsync<StepCompleted>(Execute("scripted", Input));

        answer.Put!.Keys.ShouldBe(["deepest"]);
        refused!.Message.ShouldStartWith("Step `scripted` puts `deeper`, which cannot be sent as JSON: It has more than 55 arrays and objects inside each other");
    }

    [Fact]
    public async Task An_error_message_that_was_cut_within_a_character_arrives()
    {
        await using var worker = await StepWorker.StartAsync(new Script { Execute = _ => throw new InvalidOperationException("cut \uD83D") });

        var answer = await worker.AskAsync<StepFailed>(Execute("scripted", Input));

        answer.Message.ShouldBe("InvalidOperationException: cut \uFFFD");
    }

    private static async Task<StepCompleted> AnswerAsync(object output)
    {
        await using var worker = await StepWorker.StartAsync(new Script { Execute = _ => Task.FromResult(StepResult.Completed<object?>(output)) });
        return await worker.AskAsync<StepCompleted>(Execute("scripted", Input));
    }

    private static object Arrays(int depth)
    {
        object value = Array.Empty<object>();
        for (var i = 1; i < depth; i++)
            value = new[] { value };
        return value;
    }
}
