using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Saga.StateMachines.Definitions.Translation;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Definitions;

/// <summary>How a step is compensated.</summary>
/// <typeparam name="TOutput">What the step returned.</typeparam>
public sealed class PlannedCompensation<TOutput>
{
    private readonly LambdaSite _site;
    private readonly JsonObject _json = [];
    private string? _mode;

    internal PlannedCompensation(LambdaSite site) => _site = site;

    /// <summary>There is nothing to compensate; no command is sent.</summary>
    public void None() => _mode = "none";

    /// <summary>It cannot be compensated.</summary>
    public void Irreversible() => _mode = "irreversible";

    /// <summary>Sets what the command carries as input, in place of the execution's input.</summary>
    /// <typeparam name="TInput">The type of the input.</typeparam>
    public PlannedCompensation<TOutput> Input<TInput>(Expression<Func<TInput>> input)
    {
        _json["input"] = Templates.Translate(_site, input);
        return this;
    }

    /// <summary>Sets what the command carries as input, out of what the step returned.</summary>
    /// <typeparam name="TInput">The type of the input.</typeparam>
    public PlannedCompensation<TOutput> Input<TInput>(Expression<Func<TOutput, TInput>> input)
    {
        _json["input"] = Templates.Translate(_site, input, "output");
        return this;
    }

    /// <summary>Sets when a compensation that failed for technical reasons is tried again. What is left out keeps its default.</summary>
    /// <param name="maxAttempts">How often it is tried in all, from 1; default 5.</param>
    /// <param name="backoff">How the waits grow; default exponentially.</param>
    /// <param name="initial">The wait before the second attempt; default 1 s.</param>
    /// <param name="max">The longest wait; default 1 min.</param>
    /// <param name="jitter">Whether each wait is shortened by a random part; default true.</param>
    /// <param name="nonRetryable">The failure codes of which no attempt would be better; default none.</param>
    public PlannedCompensation<TOutput> Retry(
        int? maxAttempts = null,
        Backoff? backoff = null,
        TimeSpan? initial = null,
        TimeSpan? max = null,
        bool? jitter = null,
        IReadOnlyList<string>? nonRetryable = null)
    {
        _json["retry"] = new Retry(maxAttempts, backoff, initial, max, jitter, nonRetryable).ToJson();
        return this;
    }

    internal JsonNode? ToJson()
    {
        if (_mode is null)
            return _json.Count == 0 ? null : _json.DeepClone();
        if (_json.Count > 0)
        {
            throw new PlanDefinitionException(
                $"The compensation of node `{_site.Node}` of definition `{_site.Body.Root.Definition}` is `{_mode}` and has {_json.GetAt(0).Key} too. "
                + "No command is sent for it, so that would never be used. Remove one of them.");
        }

        return _mode;
    }
}
