using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Saga.StateMachines.Definitions.Translation;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Definitions;

/// <summary>A command to a step worker.</summary>
/// <typeparam name="TOutput">What the step returns.</typeparam>
public sealed class PlannedStep<TOutput> : Node<TOutput>
{
    private readonly string _step;
    private readonly JsonNode? _input;
    private readonly bool _hasInput;
    private JsonObject? _retry;
    private PlannedCompensation<TOutput>? _compensation;

    internal PlannedStep(Body body, string name, string step, LambdaExpression? input)
        : base(body, name)
    {
        _step = step;
        _hasInput = input is not null;
        _input = input is null ? null : Templates.Translate(Site("input"), input);
    }

    /// <summary>Sets when an execution that failed for technical reasons is tried again. What is left out keeps its default.</summary>
    /// <param name="maxAttempts">How often it is tried in all, from 1; default 3.</param>
    /// <param name="backoff">How the waits grow; default exponentially.</param>
    /// <param name="initial">The wait before the second attempt; default 1 s.</param>
    /// <param name="max">The longest wait; default 1 min.</param>
    /// <param name="jitter">Whether each wait is shortened by a random part; default true.</param>
    /// <param name="nonRetryable">The failure codes of which no attempt would be better; default none.</param>
    /// <returns>The node.</returns>
    public PlannedStep<TOutput> Retry(
        int? maxAttempts = null,
        Backoff? backoff = null,
        TimeSpan? initial = null,
        TimeSpan? max = null,
        bool? jitter = null,
        IReadOnlyList<string>? nonRetryable = null)
    {
        _retry = new Retry(maxAttempts, backoff, initial, max, jitter, nonRetryable).ToJson();
        return this;
    }

    /// <summary>Sets how the step is compensated. By default: by a command with the execution's input, in 5 attempts.</summary>
    /// <returns>The node.</returns>
    public PlannedStep<TOutput> Compensation(Action<PlannedCompensation<TOutput>> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        _compensation = new PlannedCompensation<TOutput>(Site("compensation input"));
        configure(_compensation);
        return this;
    }

    private protected override void Describe(JsonObject json)
    {
        json["step"] = _step;
        if (_hasInput)
            json["input"] = _input?.DeepClone();
        if (_retry is not null)
            json["retry"] = _retry.DeepClone();
        if (_compensation?.ToJson() is { } compensation)
            json["compensation"] = compensation;
    }
}
