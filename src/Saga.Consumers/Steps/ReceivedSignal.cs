using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>A signal that arrived while the step waited, or before it did.</summary>
public sealed class ReceivedSignal
{
    private readonly JsonElement? payload;

    internal ReceivedSignal(DeliveredSignal signal)
    {
        Name = signal.Name;
        ReceivedAt = signal.ReceivedAt;
        payload = signal.Payload;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Reads what it carries, as the input of a step is read: what <typeparamref name="T"/> requires must be there.</summary>
    /// <exception cref="InvalidOperationException">It carries nothing, or null, or a value that does not fit <typeparamref name="T"/>.</exception>
    public T Payload<T>() => TryGetPayload<T>(out var value)
        ? value
        : throw new InvalidOperationException($"Signal `{Name}` carries nothing. Send it with a payload, or use TryGetPayload.");

    /// <summary>Reads what it carries, if it carries anything.</summary>
    /// <returns>False when it carries nothing, or null.</returns>
    /// <exception cref="InvalidOperationException">The value is there and does not fit <typeparamref name="T"/>.</exception>
    public bool TryGetPayload<T>([MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (payload is not { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined } json)
            return false;

        // People and programs write payloads, not this step.
        if (!StepJson.TryRead(json, StepJson.Input, out value, out var problem))
        {
            throw new InvalidOperationException(
                $"The payload of signal `{Name}` does not fit {typeof(T).Name}: {problem} Read it as what its sender writes.");
        }

        return true;
    }
}
