using Saga.Contracts;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.Signals;

/// <summary>Why a run takes no signal.</summary>
public static class SignalRefusal
{
    private const int MaxKey = 200;
    private const int MaxShown = 80;

    /// <summary>The refusal to publish when the run does not move forward any more.</summary>
    public static ProvisioningRejected Of(Run run, SignalProvisioning signal)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(signal);
        return Of(run, Ended(run.CorrelationId, SnakeCase.From(run.CurrentState), signal.Name));
    }

    /// <summary>The refusal to publish for that reason.</summary>
    public static ProvisioningRejected Of(Run run, ProvisioningError why)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new ProvisioningRejected { RunId = run.CorrelationId, Command = nameof(SignalProvisioning), Errors = [why] };
    }

    /// <summary>What is wrong with the signal itself, or null.</summary>
    public static ProvisioningError? Of(SignalProvisioning signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return signal switch
        {
            { Name: var name } when !SignalName.IsValid(name) =>
                Error("/name", "invalid_signal_name", $"The name of the signal is {Shown(name)}, with {name?.Length ?? 0} characters. {SignalName.Rule} Send the signal that a node waits for."),
            { DedupKey: { } key } when HasNul(key) =>
                Error("/dedupKey", "invalid_dedup_key", "`dedupKey` has the character NUL, which the database cannot store. A key may have any other. Leave it out."),
            { DedupKey: { Length: 0 or > MaxKey } key } =>
                Error("/dedupKey", "invalid_dedup_key", $"`dedupKey` has {key.Length} characters. A key has 1 to {MaxKey}. Leave it out, or shorten it."),
            _ => null,
        };
    }

    /// <summary>The run has ended, or is about to.</summary>
    public static ProvisioningError Ended(Guid runId, string status, string signal) =>
        Error("/runId", "run_takes_no_signals", $"Run {runId} is {status}, so nobody will take the signal `{signal}`. "
            + "Only a run that is pending or running takes signals. Start a new run.");

    /// <summary>More signals wait to be taken than a run keeps.</summary>
    public static ProvisioningError InboxFull(Guid runId, string signal) =>
        Error("/runId", "inbox_full", $"{RunEngine.MaxInbox:N0} signals of run {runId} wait to be taken, and no node waits for `{signal}` now, so it is not kept. A run keeps at most {RunEngine.MaxInbox:N0}. "
            + "Send it again when a node waits for it, or when some of the others have been taken.");

    // Shortened, and without characters that would steer a terminal or be no text.
    private static string Shown(string? name) => name is null
        ? "missing"
        : $"`{string.Concat((name.Length <= MaxShown ? name : name[..MaxShown] + "…").Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c))}`";

    private static bool HasNul(string text) => text.Contains('\0', StringComparison.Ordinal);

    private static ProvisioningError Error(string pointer, string code, string message) => new() { Pointer = pointer, Code = code, Message = message };
}
