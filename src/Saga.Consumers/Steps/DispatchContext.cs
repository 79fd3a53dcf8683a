using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Saga.Consumers;

/// <summary>What a step knows of the dispatch it serves, be it told to execute or to compensate.</summary>
/// <typeparam name="TInput">The input of the step.</typeparam>
public abstract class DispatchContext<TInput>
{
    private readonly SharedContext shared;

    private protected DispatchContext(Dispatch dispatch, JsonElement context, TInput input, ILogger logger, CancellationToken cancellationToken)
    {
        RunId = dispatch.RunId;
        Node = dispatch.Node;
        NodeIndex = dispatch.NodeIndex;
        Step = dispatch.Step;
        Attempt = dispatch.Attempt;
        IdempotencyKey = dispatch.IdempotencyKey;
        shared = new SharedContext(context);
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

    /// <summary>Which attempt to execute, or to compensate, this is, from 1.</summary>
    public int Attempt { get; }

    /// <summary>
    /// The same for every attempt and every delivery: hand it to the API you call, so that a repeat does nothing twice. The compensation
    /// of a step has another than its execution.
    /// </summary>
    public string IdempotencyKey { get; }

    /// <summary>The input of the execution.</summary>
    public TInput Input { get; }

    /// <summary>The run's shared context as the steps before left it: a JSON object.</summary>
    public JsonElement Context => shared.Value;

    /// <summary>A logger whose lines carry the run, the node and the attempt.</summary>
    public ILogger Logger { get; }

    /// <summary>
    /// Signalled when the worker stops. A step that throws <see cref="OperationCanceledException"/> then gets the same command again later.
    /// </summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Reads what a step put into the run's shared context.</summary>
    /// <returns>False when nothing was put under the key, or null was.</returns>
    /// <exception cref="InvalidOperationException">The value is there and does not fit <typeparamref name="T"/>.</exception>
    public bool TryGet<T>(string key, [MaybeNullWhen(false)] out T value) => shared.TryGet(key, out value);

    /// <summary>Reads what a step must have put into the run's shared context.</summary>
    /// <exception cref="KeyNotFoundException">Nothing was put under the key, or null was.</exception>
    /// <exception cref="InvalidOperationException">The value does not fit <typeparamref name="T"/>.</exception>
    public T Get<T>(string key) => shared.Get<T>(key);
}
