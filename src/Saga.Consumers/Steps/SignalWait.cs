using System.Text.Json;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>
/// What a step that cannot go on waits for, and what it keeps until then. It converts to the result of any step, and is made by
/// <see cref="StepResult"/>'s <c>Await</c>.
/// </summary>
public sealed class SignalWait
{
    internal SignalWait(IEnumerable<string> signals, bool all, TimeSpan? timeout, object? snapshot)
    {
        Signals = CheckedNames(signals);
        All = all;
        Timeout = CheckedTimeout(timeout);
        Snapshot = snapshot is null ? null : Written(snapshot);
    }

    /// <summary>The names of the signals, at least one, each once.</summary>
    public IReadOnlyList<string> Signals { get; }

    /// <summary>True when one of each is needed; any one is enough otherwise.</summary>
    public bool All { get; }

    /// <summary>The longest wait; null waits for ever.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>What the step wants to be handed when it is executed again, as JSON; null when it keeps nothing.</summary>
    public JsonElement? Snapshot { get; }

    private static List<string> CheckedNames(IEnumerable<string> signals)
    {
        List<string> names = [];
        foreach (var name in signals)
        {
            if (!SignalName.IsValid(name))
            {
                throw new ArgumentException(
                    $"The step awaits a signal named `{name}`, with {name?.Length ?? 0} characters. {SignalName.Rule} Choose another.",
                    nameof(signals));
            }

            if (!names.Contains(name, StringComparer.Ordinal))
                names.Add(name);
        }

        return names.Count > 0
            ? names
            : throw new ArgumentException("The step awaits no signal. It must await at least one. Name those it needs.", nameof(signals));
    }

    private static TimeSpan? CheckedTimeout(TimeSpan? timeout) => timeout is null || timeout > TimeSpan.Zero
        ? timeout
        : throw new ArgumentException(
            $"The step awaits signals for at most {timeout:c}. A timeout must be positive. Leave it out to wait for ever.", nameof(timeout));

    private static JsonElement Written(object snapshot) => StepJson.TryWrite(snapshot, out var json, out var problem)
        ? json
        : throw new ArgumentException(
            $"The step keeps a snapshot that cannot be sent as JSON: {problem.Message} Keep a value that System.Text.Json can write.",
            nameof(snapshot));
}
