using System.Text.Json;
using Microsoft.Extensions.Logging;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>What a step knows while it executes. A test of a step makes one from an <see cref="ExecuteStep"/>.</summary>
/// <typeparam name="TInput">The input of the step.</typeparam>
public sealed class StepContext<TInput> : DispatchContext<TInput>
{
    private readonly JsonElement? snapshot;
    private readonly Dictionary<string, JsonElement> puts = new(StringComparer.Ordinal);

    /// <summary>Makes the context of one attempt.</summary>
    /// <param name="command">The command to execute.</param>
    /// <param name="input">The command's input, read.</param>
    /// <param name="logger">Where the step logs.</param>
    /// <param name="cancellationToken">Signalled when the worker stops.</param>
    public StepContext(ExecuteStep command, TInput input, ILogger logger, CancellationToken cancellationToken)
        : base(Dispatch.Of(command), command.Context, input, logger, cancellationToken)
    {
        IsResumed = command.Resumption is not null;
        TimedOut = command.Resumption is { TimedOut: true };
        snapshot = command.Resumption?.Snapshot;

        // A sender in another language may leave out what is empty.
        Signals = [.. (command.Resumption?.Signals ?? []).Select(signal => new ReceivedSignal(signal))];
    }

    /// <summary>True when the step is executed again after it awaited signals.</summary>
    public bool IsResumed { get; }

    /// <summary>The signals that arrived, in the order they arrived. Empty when none did in time, and when the step has not awaited any.</summary>
    public IReadOnlyList<ReceivedSignal> Signals { get; }

    /// <summary>True when the time was over before everything the step awaited had arrived.</summary>
    public bool TimedOut { get; }

    /// <summary>What this step has put so far. It is not in the context it reads.</summary>
    public IReadOnlyDictionary<string, JsonElement> Puts => puts;

    /// <summary>Reads what the step kept when it awaited signals.</summary>
    /// <exception cref="InvalidOperationException">
    /// The step has not awaited signals, kept nothing, or kept what does not fit <typeparamref name="T"/>.
    /// </exception>
    public T Snapshot<T>()
    {
        if (snapshot is not { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } json)
        {
            throw new InvalidOperationException(
                $"Step `{Step}` has no snapshot. It has one when it is resumed, and kept a value when it awaited signals. Ask IsResumed first.");
        }

        return StepJson.TryRead<T>(json, StepJson.Stored, out var value, out var problem)
            ? value
            : throw new InvalidOperationException(
                $"The snapshot of step `{Step}` does not fit {typeof(T).Name}: {problem} Read it as the type that was kept.");
    }

    /// <summary>
    /// Writes to the run's shared context when the step completes or awaits signals; a step that fails writes nothing. The last value of a
    /// key wins.
    /// </summary>
    /// <param name="key">The key, shared by all steps of the run.</param>
    /// <param name="value">Any value that can be written as JSON. It is written at once, so later changes to the object are not seen.</param>
    /// <exception cref="ArgumentException">The key is null or blank, or the value cannot be sent as JSON.</exception>
    public void Put(string key, object? value)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            throw new ArgumentException(
                $"Step `{Step}` puts a value under a blank key. A key of the run's context has at least one visible character. Name the value.",
                nameof(key));
        }

        if (!StepJson.TryWrite(value, out var json, out var problem, around: 1))
        {
            throw new ArgumentException(
                $"Step `{Step}` puts `{key}`, which cannot be sent as JSON: {problem.Message} Put a value that System.Text.Json can write.",
                nameof(value));
        }

        puts[key] = json;
    }
}
