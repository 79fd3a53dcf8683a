using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>What a step knows while it is compensated. A test of a step makes one from a <see cref="CompensateStep"/>.</summary>
/// <typeparam name="TInput">The input of the step.</typeparam>
/// <typeparam name="TOutput">The output of the step.</typeparam>
public sealed class CompensationContext<TInput, TOutput>
{
    private readonly SharedContext shared;

    /// <summary>Makes the context of one attempt.</summary>
    /// <param name="command">The command to compensate.</param>
    /// <param name="input">The command's input, read.</param>
    /// <param name="output">The command's output, read; null when it has none.</param>
    /// <param name="logger">Where the step logs.</param>
    /// <param name="cancellationToken">Signalled when the worker stops.</param>
    public CompensationContext(CompensateStep command, TInput input, TOutput? output, ILogger logger, CancellationToken cancellationToken)
    {
        RunId = command.RunId;
        Node = command.Node;
        NodeIndex = command.NodeIndex;
        Step = command.Step;
        Attempt = command.Attempt;
        IdempotencyKey = command.IdempotencyKey;
        Reason = command.Reason;
        shared = new SharedContext(command.Context);
        Input = input;
        Output = output;
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

    /// <summary>Which attempt to compensate this is, from 1.</summary>
    public int Attempt { get; }

    /// <summary>The same for every attempt and every delivery of this compensation, and another than that of the execution.</summary>
    public string IdempotencyKey { get; }

    /// <summary>Why the run walks back, such as <c>step_failed:create-vpc</c>, <c>cancelled</c> or <c>rollback_requested</c>.</summary>
    public string Reason { get; }

    /// <summary>The input the step was executed with.</summary>
    public TInput Input { get; }

    /// <summary>What the step returned. Default when it is not known: the output could not be stored, or the outcome is unknown.</summary>
    public TOutput? Output { get; }

    /// <summary>The run's shared context: a JSON object.</summary>
    public JsonElement Context => shared.Value;

    /// <summary>A logger whose lines carry the run, the node and the attempt.</summary>
    public ILogger Logger { get; }

    /// <summary>Signalled when the worker stops. A step that throws <see cref="OperationCanceledException"/> then is compensated again later.</summary>
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
