using System.Globalization;
using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>
/// Finds the lines of some places. It remembers these places alone: a pointer to each part of a document may take a thousand times its size.
/// </summary>
internal sealed class WantedLines
{
    private readonly Spot _document = new();

    /// <summary>Asks for the line of a JSON Pointer (RFC 6901).</summary>
    public void Want(string pointer)
    {
        var spot = _document;
        foreach (var token in Tokens(pointer))
        {
            spot.Inner ??= new(StringComparer.Ordinal);
            spot.Inner.TryAdd(token, new());
            spot = spot.Inner[token];
        }
    }

    /// <summary>The line of a pointer, or of the nearest around it: what is missing has no line of its own, what it is missing in has.</summary>
    /// <param name="pointer">The pointer.</param>
    /// <param name="isRepeated">Whether the line is wanted where it stands last.</param>
    public int? Of(string pointer, bool isRepeated = false)
    {
        var spot = _document;
        var line = spot.Line;
        foreach (var token in Tokens(pointer))
        {
            if (spot.Inner is null || !spot.Inner.TryGetValue(token, out spot))
                break;
            line = spot.Line ?? line;
        }

        return isRepeated ? spot?.LastLine ?? line : line;
    }

    /// <summary>Walks over the JSON once.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="tokenLines">The line of each name and each beginning of a value; null when it is that of the bytes themselves.</param>
    public void Find(ReadOnlySpan<byte> json, IReadOnlyList<int>? tokenLines)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DocumentText.MaxDepth });
        var around = new Stack<(Spot? Spot, int Index)>();
        Spot? named = null;
        var line = 1;
        for (int token = 0, counted = 0; reader.Read();)
        {
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                around.Pop();
                continue;
            }

            var at = (int)reader.TokenStartIndex;
            line = tokenLines is null ? line + json[counted..at].Count((byte)'\n') : tokenLines[token++];
            counted = at;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                named = around.Peek().Spot is { Inner: { } inner } ? inner.GetValueOrDefault(Name(ref reader)) : null;
                Found(named, line);
                continue;
            }

            var spot = around.Count == 0 ? _document : around.Peek().Index < 0 ? named : Element(around);
            if (spot != named)
                Found(spot, line);
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                around.Push((spot, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
        }
    }

    private static void Found(Spot? spot, int line)
    {
        if (spot is null)
            return;
        spot.Line ??= line;
        spot.LastLine = line;
    }

    private static Spot? Element(Stack<(Spot? Spot, int Index)> around)
    {
        var (spot, index) = around.Pop();
        around.Push((spot, index + 1));
        return spot?.Inner?.GetValueOrDefault(index.ToString(CultureInfo.InvariantCulture));
    }

    private static string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape: no pointer names it.
            return "";
        }
    }

    private static IEnumerable<string> Tokens(string pointer) =>
        pointer.Split('/').Skip(1).Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));

    /// <summary>A place that is wanted, or on the way to one.</summary>
    private sealed class Spot
    {
        public Dictionary<string, Spot>? Inner { get; set; }

        public int? Line { get; set; }

        public int? LastLine { get; set; }
    }
}
