using System.Runtime.InteropServices;
using System.Text.Json;
using Saga.Contracts;
using Saga.Contracts.Json;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Starting;

namespace Saga.StateMachines.Signals;

/// <summary>Why a run takes no signal.</summary>
public static class SignalRefusal
{
    /// <summary>The code of a signal whose payload has too many bytes.</summary>
    public const string TooLarge = "payload_too_large";

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
    public static ProvisioningError? Of(SignalProvisioning signal, RunOptions limits)
    {
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentNullException.ThrowIfNull(limits);
        return signal switch
        {
            { Name: var name } when !SignalName.IsValid(name) =>
                Error("/name", "invalid_signal_name", $"The name of the signal is {Shown(name)}, with {name?.Length ?? 0} characters. {SignalName.Rule} Send the signal that a node waits for."),
            { DedupKey: { } key } when !StorableText.IsStorable(key) =>
                Error("/dedupKey", "invalid_dedup_key", "`dedupKey` has the character NUL or half of a surrogate pair, which the database cannot store. A key may have any other. Leave it out."),
            { DedupKey: { Length: 0 or > MaxKey } key } =>
                Error("/dedupKey", "invalid_dedup_key", $"`dedupKey` has {key.Length} characters. A key has 1 to {MaxKey}. Leave it out, or shorten it."),
            { Payload: { } payload } => PayloadProblem(payload, limits.MaxInputBytes),
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

    private static ProvisioningError? PayloadProblem(JsonElement payload, int maxBytes)
    {
        var bytes = payload.ValueKind == JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(payload).Length;
        return bytes > maxBytes
            ? Error("/payload", TooLarge, $"`payload` has {bytes:N0} bytes. At most {maxBytes:N0} are allowed. Pass large things by reference, or raise Saga:MaxInputBytes.")
            : ValueRule.Check(payload, ValueRule.MaxDepthGiven)?.ToError("`payload`", "/payload");
    }

    private static ProvisioningError Error(string pointer, string code, string message) => new() { Pointer = pointer, Code = code, Message = message };
}
