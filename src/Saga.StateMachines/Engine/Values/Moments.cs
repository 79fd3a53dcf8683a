using System.Text.Json;
using Saga.StateMachines.Times;

namespace Saga.StateMachines.Engine.Values;

/// <summary>The moments that values computed in a run name. Their text means what it means in a plan document.</summary>
internal static class Moments
{
    private const int ShownCharacters = 80;

    /// <summary>The moment that long after <paramref name="now"/>; a wait that comes from outside may be longer than time itself.</summary>
    public static DateTimeOffset Later(DateTimeOffset now, TimeSpan wait) =>
        now + TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, IsoDuration.Max.Ticks));

    /// <summary>The moment that long after <paramref name="now"/>, or null when the value is no duration.</summary>
    public static DateTimeOffset? After(DateTimeOffset now, JsonElement value) => now + IsoDuration.Read(TextOf(value));

    /// <summary>The moment, or null when the value is none.</summary>
    public static DateTimeOffset? Read(JsonElement value) => Rfc3339Moment.Read(TextOf(value));

    /// <summary>The value for a message.</summary>
    public static string Show(JsonElement value) => Shorten(value.ValueKind == JsonValueKind.Undefined ? "nothing" : value.GetRawText());

    /// <summary>The text for a message.</summary>
    public static string Shorten(string text) =>
        text.Length > ShownCharacters ? $"`{text[..ShownCharacters]}…`" : $"`{text}`";

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
