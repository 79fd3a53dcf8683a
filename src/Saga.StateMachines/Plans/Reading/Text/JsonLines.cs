using System.Text;
using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>Finds the line of each part of JSON text.</summary>
internal static class JsonLines
{
    public static Dictionary<string, int> Of(string text)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DocumentText.MaxDepth });
        var containers = new Stack<(Place Place, int Index)>();
        var place = Place.OfDocument("");
        var line = 1;
        var counted = 0;
        while (reader.Read())
        {
            var at = (int)reader.TokenStartIndex;
            line += bytes.AsSpan(counted, at - counted).Count((byte)'\n');
            counted = at;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    place = containers.Peek().Place[Name(ref reader)];
                    lines.TryAdd(place.Pointer, line);
                    continue;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    containers.Pop();
                    continue;
            }

            if (containers.TryPeek(out var around) && around.Index >= 0)
            {
                containers.Pop();
                containers.Push((around.Place, around.Index + 1));
                place = around.Place[around.Index];
            }

            lines.TryAdd(place.Pointer, line);
            if (reader.TokenType == JsonTokenType.StartObject)
                containers.Push((place, -1));
            else if (reader.TokenType == JsonTokenType.StartArray)
                containers.Push((place, 0));
        }

        return lines;
    }

    private static string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
