using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>The members of a mapping while they are written. What is merged comes last, because a member of the mapping itself counts more, wherever it stands.</summary>
internal sealed class YamlMembers(JsonOutput output, YamlBudget budget)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<(JsonPart Mapping, int Line)> _merged = [];
    private bool _hasAny;

    /// <summary>True when a merge key was seen.</summary>
    public bool Merges { get; set; }

    /// <summary>Writes the name of a member. Its value comes next. One that is there twice is written twice: the reader of plans finds it as in JSON.</summary>
    public JsonOutput Begin(string name, int line)
    {
        _names.Add(name);
        Separate(line);
        output.Text(name, line);
        output.Write(":"u8, line);
        return output;
    }

    /// <summary>Has the members of another mapping taken over in the end. Those of one that is merged before count more.</summary>
    public void Merge(JsonPart mapping, int line) => _merged.Add((mapping, line));

    /// <summary>Writes what is merged, and gives how many collections are inside each other in that.</summary>
    public int End()
    {
        var height = 0;
        foreach (var (mapping, line) in _merged)
        {
            budget.Merge(mapping.Bytes.Length, line);
            foreach (var member in MembersOf(mapping).Where(member => _names.Add(member.Name)))
            {
                Separate(line);
                output.Repeat(member.Part, line);
                height = Math.Max(height, mapping.Height - 1);
            }
        }

        return height;
    }

    private void Separate(int line)
    {
        if (_hasAny)
            output.Write(","u8, line);
        _hasAny = true;
    }

    private static List<(string Name, JsonPart Part)> MembersOf(JsonPart mapping)
    {
        var members = new List<(string, JsonPart)>();
        var reader = new Utf8JsonReader(mapping.Bytes.Span, new JsonReaderOptions { MaxDepth = DocumentText.MaxDepth });
        var token = mapping.Begin.Token + 1;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var begin = new JsonPosition(mapping.Begin.Byte + (int)reader.TokenStartIndex, token);
            token += 1 + ReadValue(ref reader);
            members.Add((name, new(mapping.Output, begin, new(mapping.Begin.Byte + (int)reader.BytesConsumed, token), mapping.Height - 1)));
        }

        return members;
    }

    /// <summary>Reads a value, and counts its tokens.</summary>
    private static int ReadValue(ref Utf8JsonReader reader)
    {
        var tokens = 0;
        var depth = reader.CurrentDepth;
        do
        {
            reader.Read();
            if (reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
                tokens++;
        }
        while (reader.CurrentDepth > depth || reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject);
        return tokens;
    }
}
