using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Saga.Consumers;

/// <summary>Reads the run's shared context as a command carries it.</summary>
internal sealed class SharedContext
{
    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    public SharedContext(JsonElement value) =>
        // A sender in another language may leave it out or send null: nothing was put then.
        Value = value.ValueKind == JsonValueKind.Object ? value : Empty;

    public JsonElement Value { get; }

    public bool TryGet<T>(string key, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (!Value.TryGetProperty(key, out var json) || json.ValueKind == JsonValueKind.Null)
            return false;

        if (!StepJson.TryRead(json, StepJson.Stored, out value, out var problem))
        {
            throw new InvalidOperationException(
                $"`{key}` of the run's context does not fit {typeof(T).Name}: {problem} Read it as the type that was put.");
        }

        return value is not null;
    }

    public T Get<T>(string key) => TryGet<T>(key, out var value)
        ? value
        : throw new KeyNotFoundException(
            $"The run's context has no `{key}`. It holds only what earlier steps put. Put it in an earlier step, or use TryGet.");
}
