using Saga.Contracts;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.Signals;

/// <summary>Why a run takes no signal.</summary>
public static class SignalRefusal
{
    private const int MaxName = 128;
    private const int MaxKey = 200;

    /// <summary>The refusal to publish when the run does not move forward any more.</summary>
    public static ProvisioningRejected Of(Run run, SignalProvisioning signal)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(signal);
        return new ProvisioningRejected
        {
            RunId = run.CorrelationId,
            Command = nameof(SignalProvisioning),
            Errors = [Ended(run.CorrelationId, SnakeCase.From(run.CurrentState), signal.Name)],
        };
    }

    /// <summary>What is wrong with the signal itself, or null.</summary>
    public static ProvisioningError? Of(SignalProvisioning signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return signal switch
        {
            { Name: null or { Length: 0 or > MaxName } } =>
                Error("/name", "invalid_signal_name", $"The name of the signal has {signal.Name?.Length ?? 0} characters. A name has 1 to {MaxName}. Name the signal a node waits for."),
            { Name: var name } when HasNul(name) =>
                Error("/name", "invalid_signal_name", "The name of the signal has the character NUL, which the database cannot store. A name may have any other. Name the signal a node waits for."),
            { DedupKey: { } key } when HasNul(key) =>
                Error("/dedupKey", "invalid_dedup_key", "`dedupKey` has the character NUL, which the database cannot store. A key may have any other. Leave it out."),
            { DedupKey: { Length: 0 or > MaxKey } key } =>
                Error("/dedupKey", "invalid_dedup_key", $"`dedupKey` has {key.Length} characters. A key has 1 to {MaxKey}. Leave it out, or shorten it."),
            _ => null,
        };
    }

    /// <summary>Whether a signal can have that name at all.</summary>
    public static bool IsName(string? name) => name is { Length: > 0 and <= MaxName } && !HasNul(name);

    /// <summary>The run has ended, or is about to.</summary>
    public static ProvisioningError Ended(Guid runId, string status, string signal) =>
        Error("/runId", "run_takes_no_signals", $"Run {runId} is {status}, so nobody will take the signal `{signal}`. "
            + "Only a run that is pending or running takes signals. Start a new run.");

    private static bool HasNul(string text) => text.Contains('\0', StringComparison.Ordinal);

    private static ProvisioningError Error(string pointer, string code, string message) => new() { Pointer = pointer, Code = code, Message = message };
}
