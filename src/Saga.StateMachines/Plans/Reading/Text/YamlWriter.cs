using System.Buffers;
using System.Text.Json;
using Saga.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>Writes the events of a YAML document as JSON, with anchors and aliases resolved.</summary>
internal sealed class YamlWriter(List<ParsingEvent> events)
{
    // Aliases of aliases can stand for more than fits anywhere.
    private const int MaxNodes = 500_000;

    private readonly Dictionary<AnchorName, int> _anchors = [];
    private readonly HashSet<int> _unfinished = [];
    private readonly List<(Place Place, int Line)> _lines = [];
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private int _nodes;

    public List<ProvisioningError> Errors { get; } = [];

    /// <summary>The JSON; null when aliases make it endless.</summary>
    public JsonElement? ToJson()
    {
        using (var json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { MaxDepth = DocumentText.MaxDepth * 2, SkipValidation = true }))
            Write(json, 0, Place.OfDocument(""), 0);
        if (_nodes > MaxNodes)
            return null;
        return JsonElement.Parse(_buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = DocumentText.MaxDepth * 2 });
    }

    /// <summary>The line of each part, by its pointer.</summary>
    public Dictionary<string, int> Lines()
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (place, line) in _lines)
            lines.TryAdd(place.Pointer, line);
        return lines;
    }

    /// <summary>Writes the node that begins at an event, and gives the position of the event behind it.</summary>
    private int Write(Utf8JsonWriter json, int at, Place place, int depth)
    {
        var current = events[at];
        _lines.Add((place, LineOf(current)));
        if (depth > DocumentText.MaxDepth || ++_nodes > MaxNodes)
        {
            json.WriteNullValue();
            if (_nodes <= MaxNodes || _nodes == MaxNodes + 1)
                Error(current, place, "nested_too_deep", $"With its aliases the text has more than {MaxNodes:N0} values, or more than {DocumentText.MaxDepth} inside of each other. Write less.");
            return Behind(at);
        }

        if (current is not NodeEvent { Anchor: { IsEmpty: false } anchor })
            return WriteNode(json, at, place, depth);

        _anchors[anchor] = at;
        _unfinished.Add(at);
        var next = WriteNode(json, at, place, depth);
        _unfinished.Remove(at);
        return next;
    }

    private int WriteNode(Utf8JsonWriter json, int at, Place place, int depth)
    {
        switch (events[at])
        {
            case AnchorAlias alias:
                WriteAlias(json, alias, place, depth);
                return at + 1;
            case SequenceStart sequence:
                return WriteSequence(json, sequence, at, place, depth);
            case MappingStart mapping:
                return WriteMapping(json, mapping, at, place, depth);
            default:
                WriteScalar(json, (Scalar)events[at], place);
                return at + 1;
        }
    }

    private void WriteAlias(Utf8JsonWriter json, AnchorAlias alias, Place place, int depth)
    {
        if (_anchors.TryGetValue(alias.Value, out var anchored) && !_unfinished.Contains(anchored))
        {
            Write(json, anchored, place, depth + 1);
            return;
        }

        json.WriteNullValue();
        Error(alias, place, "invalid_yaml", $"The alias `*{alias.Value}` stands for nothing, or for something it is part of. An alias repeats what was marked with its name before. Correct it.");
    }

    private int WriteSequence(Utf8JsonWriter json, SequenceStart sequence, int at, Place place, int depth)
    {
        CheckTag(sequence, sequence.Tag, "tag:yaml.org,2002:seq", place);
        json.WriteStartArray();
        var next = at + 1;
        var index = 0;
        while (events[next] is not SequenceEnd)
            next = Write(json, next, place[index++], depth + 1);
        json.WriteEndArray();
        return next + 1;
    }

    private int WriteMapping(Utf8JsonWriter json, MappingStart mapping, int at, Place place, int depth)
    {
        CheckTag(mapping, mapping.Tag, "tag:yaml.org,2002:map", place);
        json.WriteStartObject();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var next = at + 1;
        while (events[next] is not MappingEnd)
        {
            var key = events[next];
            if (key is not Scalar { Value: var name })
            {
                Error(key, place, "invalid_yaml", "A name in this mapping is no plain text. Names are text. Correct it.");
                next = Behind(Behind(next));
            }
            else if (!names.Add(name))
            {
                Error(key, place[name], "duplicate_property", $"{Shown.Text(name)} is there twice. Only one of the values could count. Remove one.");
                next = Behind(next + 1);
            }
            else
            {
                // The name may stand lines before the value, and is what people look for.
                _lines.Add((place[name], LineOf(key)));
                json.WritePropertyName(name);
                next = Write(json, next + 1, place[name], depth + 1);
            }
        }

        json.WriteEndObject();
        return next + 1;
    }

    private void WriteScalar(Utf8JsonWriter json, Scalar scalar, Place place)
    {
        if (YamlScalar.ToJson(scalar) is { } text)
        {
            json.WriteRawValue(text, skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
            Error(scalar, place, "invalid_yaml", $"{Shown.Text(scalar.Value)} with the tag `{scalar.Tag}` is nothing that JSON knows. Put it in quotes if it is text, or correct it.");
        }
    }

    private void CheckTag(ParsingEvent node, TagName tag, string allowed, Place place)
    {
        if (!tag.IsEmpty && !tag.IsNonSpecific && tag.Value != allowed)
            Error(node, place, "invalid_yaml", $"The tag `{tag}` is nothing that JSON knows. Remove it.");
    }

    private int Behind(int at)
    {
        var depth = 0;
        do
            depth += events[at++].NestingIncrease;
        while (depth > 0);
        return at;
    }

    private void Error(ParsingEvent at, Place place, string code, string message)
    {
        if (Errors.Count < Findings.Max)
            Errors.Add(new() { Pointer = place.Pointer, Code = code, Message = message, Line = LineOf(at) });
    }

    private static int LineOf(ParsingEvent current) => (int)current.Start.Line;
}
