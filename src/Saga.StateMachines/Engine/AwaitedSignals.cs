using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Saga.StateMachines.Engine;

/// <summary>What a step awaits that cannot go on by itself.</summary>
/// <param name="Node">The position of its node among all nodes of the run.</param>
/// <param name="Names">The names of the signals.</param>
/// <param name="All">Whether one of each is needed, or any one is enough.</param>
public sealed record AwaitedSignals(int Node, ImmutableArray<string> Names, bool All)
{
    /// <summary>The text to store, or null when nothing is awaited.</summary>
    public static string? Format(ImmutableArray<AwaitedSignals> awaits)
    {
        if (awaits.IsEmpty)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var (node, names, all) in awaits)
            {
                json.WriteStartObject();
                json.WriteNumber("node", node);
                json.WriteBoolean("all", all);
                json.WriteStartArray("names");
                foreach (var name in names)
                {
                    json.WriteStringValue(name);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads what <see cref="Format"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no list of awaited signals.</exception>
    public static ImmutableArray<AwaitedSignals> Parse(string? text)
    {
        if (text is null)
        {
            return [];
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return
            [
                .. json.RootElement.EnumerateArray().Select(item => new AwaitedSignals(
                    item.GetProperty("node").GetInt32(),
                    [.. item.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)],
                    item.GetProperty("all").GetBoolean())),
            ];
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new FormatException($"`{text}` is no list of awaited signals. {problem.Message}", problem);
        }
    }

    /// <summary>Those that say the same are equal.</summary>
    public bool Equals(AwaitedSignals? other) =>
        other is not null && Node == other.Node && All == other.All && Names.SequenceEqual(other.Names, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Node, All, Names.Length);
}
