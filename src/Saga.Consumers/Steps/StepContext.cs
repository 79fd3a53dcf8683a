using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>What a step knows while it executes. A test of a step makes one from an <see cref="ExecuteStep"/>.</summary>
/// <typeparam name="TInput">The input of the step.</typeparam>
public sealed class StepContext<TInput>
{
    private readonly Dictionary<string, JsonElement> puts = new(StringComparer.Ordinal);
    private readonly SharedContext shared;

    /// <summary>Makes the context of one attempt.</summary>
    /// <param name="command">The command to execute.</param>
    /// <param name="input">The command's input, read.</param>
    /// <param name="logger">Where the step logs.</param>
    /// <param name="cancellationToken">Signalled when the worker stops.</param>
    public StepContext(ExecuteStep command, TInput input, ILogger logger, CancellationToken cancellationToken)
    {
        RunId = command.RunId;
        Node = command.Node;
        NodeIndex = command.NodeIndex;
        Step = command.Step;
        Attempt = command.Attempt;
        IdempotencyKey = command.IdempotencyKey;
        shared = new SharedContext(command.Context);
        Input = input;
        Logger = logger;
        CancellationToken = cancellationToken;
    }

    /// <summary>The run.</summary>
    public Guid RunId { get; }

    /// <summary>The node of the plan, unique within the run.</summary>
    public string Node { get; }

    /// <summary>The position of the node in its plan, from 0.</summary>
    public int NodeIndex { get; }

    /// <summary>The name of the step.</summary>
    public string Step { get; }

    /// <summary>Which attempt this is, from 1.</summary>
    public int Attempt { get; }

    /// <summary>The same for every attempt and every delivery: hand it to the API you call, so that a repeat does nothing twice.</summary>
    public string IdempotencyKey { get; }

    /// <summary>The input.</summary>
    public TInput Input { get; }

    /// <summary>The run's shared context as earlier steps left it: a JSON object. What this step puts is not in it.</summary>
    public JsonElement Context => shared.Value;

    /// <summary>A logger whose lines carry the run, the node and the attempt.</summary>
    public ILogger Logger { get; }

    /// <summary>Signalled when the worker stops. A step that throws <see cref="OperationCanceledException"/> then is executed again later.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>What this step has put so far.</summary>
    public IReadOnlyDictionary<string, JsonElement> Puts => puts;

    /// <summary>Reads what an earlier step put into the run's shared context.</summary>
    /// <returns>False when nothing was put under the key, or null was.</returns>
    /// <exception cref="InvalidOperationException">The value is there and does not fit <typeparamref name="T"/>.</exception>
    public bool TryGet<T>(string key, [MaybeNullWhen(false)] out T value) => shared.TryGet(key, out value);

    /// <summary>Reads what an earlier step must have put into the run's shared context.</summary>
    /// <exception cref="KeyNotFoundException">Nothing was put under the key, or null was.</exception>
    /// <exception cref="InvalidOperationException">The value does not fit <typeparamref name="T"/>.</exception>
    public T Get<T>(string key) => shared.Get<T>(key);

    /// <summary>
    /// Writes to the run's shared context when the step completes; a step that fails writes nothing. The last value of a key wins.
    /// </summary>
    /// <param name="key">The key, shared by all steps of the run.</param>
    /// <param name="value">Any value that can be written as JSON. It is written at once, so later changes to the object are not seen.</param>
    /// <exception cref="ArgumentException">The key is null or blank, or the value cannot be written as JSON.</exception>
    public void Put(string key, object? value)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            throw new ArgumentException(
                $"Step `{Step}` puts a value under a blank key. A key of the run's context has at least one visible character. Name the value.",
                nameof(key));
        }

        if (!StepJson.TryWrite(value, out var json, out var problem))
        {
            throw new ArgumentException(
                $"Step `{Step}` puts `{key}`, which cannot be written as JSON: {problem} Put a value that System.Text.Json can write.",
                nameof(value));
        }

        puts[key] = json;
    }
}
