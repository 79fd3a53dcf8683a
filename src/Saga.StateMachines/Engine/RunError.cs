using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Saga.StateMachines.Engine;

/// <summary>Why a run did not complete, or is no longer completed, and what remains of it.</summary>
/// <param name="Reason">Why, in the words of <see cref="RunReason"/>.</param>
/// <param name="CompensateFromIndex">The position of the last node that had completed when the walk back began; -1 when none had.</param>
/// <param name="NotCompensated">The names of the nodes that could not be compensated, in plan order.</param>
public sealed record RunError(string Reason, int CompensateFromIndex, ImmutableArray<string> NotCompensated)
{
    private const string ReasonKey = "reason";
    private const string CompensateFromIndexKey = "compensate_from_idx";
    private const string NotCompensatedKey = "not_compensated";

    /// <summary>An error of a run of which nothing remains, as far as it is known yet.</summary>
    public RunError(string reason, int compensateFromIndex)
        : this(reason, compensateFromIndex, [])
    {
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no run error.</exception>
    public static RunError Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var error = document.RootElement;
            return new RunError(
                error.GetProperty(ReasonKey).GetString() ?? throw new FormatException($"The `{ReasonKey}` of a run error is null. It must be a string."),
                error.GetProperty(CompensateFromIndexKey).GetInt32(),
                error.TryGetProperty(NotCompensatedKey, out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : []);
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"`{json}` is no run error. {problem.Message}", problem);
        }
    }

    /// <summary>The JSON for the run's row; <c>not_compensated</c> is there only when something could not be compensated.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString(ReasonKey, Reason);
            json.WriteNumber(CompensateFromIndexKey, CompensateFromIndex);
            if (!NotCompensated.IsEmpty)
            {
                json.WriteStartArray(NotCompensatedKey);
                foreach (var name in NotCompensated)
                {
                    json.WriteStringValue(name);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Errors that say the same are equal.</summary>
    public bool Equals(RunError? other) =>
        other is not null
        && Reason == other.Reason
        && CompensateFromIndex == other.CompensateFromIndex
        && NotCompensated.AsSpan().SequenceEqual(other.NotCompensated.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Reason, CompensateFromIndex, NotCompensated.Length);
}
