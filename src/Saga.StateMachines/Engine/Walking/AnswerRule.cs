using System.Text.Json;
using Saga.Contracts.Json;
using Saga.StateMachines.Engine.Values;

namespace Saga.StateMachines.Engine.Walking;

/// <summary>
/// What is wrong with the values of an answer. Workers are programs of others, in any language: what they answer is judged before it is stored, because
/// what is stored has to be read, sent and shown.
/// </summary>
internal static class AnswerRule
{
    private const string Remedy = "The step did its work, so the run compensates it.";

    /// <summary>Why a value cannot be taken, or null.</summary>
    /// <param name="value">The value.</param>
    /// <param name="what">What it is: <c>output</c> or <c>snapshot</c>.</param>
    /// <param name="limits">How large it may be.</param>
    public static NodeFailure? ProblemOf(JsonElement? value, string what, ValueLimits limits)
    {
        if (value is not { } json)
        {
            return null;
        }

        var bytes = MadeValues.BytesOf(json);
        return bytes > limits.MaxValueBytes
            ? new NodeFailure(ValueRule.TooLarge, $"The {what} of the step has {bytes:N0} bytes. At most {limits.MaxValueBytes:N0} are allowed. "
                + $"Keep large things elsewhere and answer where they are, or raise Saga:MaxValueBytes. {Remedy}")
            : ValueRule.Check(json, ValueRule.MaxDepthMade) is { } fault ? new NodeFailure(fault.Code, $"{fault.Explain($"The {what} of the step")} {Remedy}")
            : null;
    }

    /// <summary>Puts what the step puts into the context, and says why it cannot, or null.</summary>
    public static NodeFailure? Put(RunDraft run, IReadOnlyDictionary<string, JsonElement>? put)
    {
        if (put is not { Count: > 0 })
        {
            return null;
        }

        var bytes = 0L;
        foreach (var (key, value) in put)
        {
            bytes += key.Length + MadeValues.BytesOf(value);
            if (!ValueRule.IsUnicode(key))
            {
                return new NodeFailure(ValueRule.InvalidText, $"A key that the step puts has half of a surrogate pair, which is no character. Text is Unicode. Correct it. {Remedy}");
            }

            // In the context it is one deeper.
            if (ValueRule.Check(value, ValueRule.MaxDepthMade - 1) is { } fault)
            {
                return new NodeFailure(fault.Code, $"{fault.Explain("A value that the step puts")} {Remedy}");
            }
        }

        // Measured before it is merged, so that no more is made than twice the limit.
        if (bytes > run.Values.Limits.MaxContextBytes || !run.Values.TryPut(put))
        {
            return new NodeFailure("context_too_large", $"With what the step puts, the context of the run has more than {run.Values.Limits.MaxContextBytes:N0} bytes, which is the limit. "
                + $"Put less, or raise Saga:MaxContextBytes. {Remedy}");
        }

        run.Context = run.Values.ContextJson;
        return null;
    }
}
