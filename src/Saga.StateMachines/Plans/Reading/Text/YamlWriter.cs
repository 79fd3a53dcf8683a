using System.Text;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>Writes a YAML document as JSON, with aliases written out and merge keys merged, while it is parsed.</summary>
internal sealed class YamlWriter(YamlEvents events)
{
    private readonly YamlBudget _budget = new();
    private readonly YamlAnchors _anchors = new();
    private readonly Findings _findings = new();

    public DocumentText Write()
    {
        var output = new JsonOutput(_budget);
        Value(output, Place.OfDocument(""), depth: 0);
        events.End();
        var json = JsonElement.Parse(output.Bytes.Span, new JsonDocumentOptions { MaxDepth = DocumentText.MaxDepth });
        return new(json, _findings.Errors, output.Bytes, output.Lines);
    }

    /// <summary>Writes the value at hand.</summary>
    private JsonPart Value(JsonOutput output, Place place, int depth)
    {
        var begin = output.End;
        var current = events.Take();
        if (current is AnchorAlias alias)
            return Alias(alias, output, place, depth);

        if (current is not NodeEvent node)
            throw new TextRefusedException("invalid_yaml", "Before this something has a name and no value, or ends that did not begin. Check the quotes, brackets and indentation.", YamlEvents.LineOf(current));

        if (!node.Anchor.IsEmpty)
            _anchors.Begin(node.Anchor);
        var height = node switch
        {
            SequenceStart sequence => Sequence(sequence, output, place, depth + 1),
            MappingStart mapping => Mapping(mapping, output, place, depth + 1),
            _ => Scalar((Scalar)node, output, place),
        };
        var part = new JsonPart(output, begin, output.End, height);
        if (!node.Anchor.IsEmpty)
            _anchors.Complete(node.Anchor, part, (node as Scalar)?.Value);
        return part;
    }

    private JsonPart Alias(AnchorAlias alias, JsonOutput output, Place place, int depth)
    {
        var begin = output.End;
        var line = YamlEvents.LineOf(alias);
        var anchored = _anchors.Find(alias.Value);
        if (anchored is null)
        {
            output.Token("null"u8, line);
            _findings.Error(place, "invalid_yaml", $"The alias {Shown.Text($"*{alias.Value}")} stands for nothing, or for something it is part of. An alias repeats what was marked with its name before. Correct it.", line);
        }
        else
        {
            CheckDepth(depth + anchored.Height, line);
            output.Repeat(anchored, line);
        }

        return new(output, begin, output.End, anchored?.Height ?? 0);
    }

    private int Sequence(SequenceStart sequence, JsonOutput output, Place place, int depth)
    {
        Begin(sequence, sequence.Tag, "tag:yaml.org,2002:seq", place, depth);
        output.Token("["u8, YamlEvents.LineOf(sequence));
        var height = 0;
        var index = 0;
        while (events.Current is not SequenceEnd)
        {
            if (index > 0)
                output.Write(","u8, events.Line);
            height = Math.Max(height, Value(output, place[index++], depth).Height);
        }

        output.Write("]"u8, YamlEvents.LineOf(events.Take()));
        return height + 1;
    }

    private int Mapping(MappingStart mapping, JsonOutput output, Place place, int depth)
    {
        Begin(mapping, mapping.Tag, "tag:yaml.org,2002:map", place, depth);
        output.Token("{"u8, YamlEvents.LineOf(mapping));
        var members = new YamlMembers(output, _budget);
        var height = 0;
        while (events.Current is not MappingEnd)
        {
            var line = events.Line;
            if (IsMergeKey(events.Current))
                Merge(members, place, depth);
            else if (Name(place, depth) is not { } name)
                _ = Value(new JsonOutput(_budget), place, depth);
            else
                height = Math.Max(height, Value(members.Begin(name, line), place[name], depth).Height);
        }

        height = Math.Max(height, members.End());
        output.Write("}"u8, YamlEvents.LineOf(events.Take()));
        return height + 1;
    }

    /// <summary>Takes the name of a member; null when it is none, which is an error.</summary>
    private string? Name(Place place, int depth)
    {
        switch (events.Current)
        {
            case Scalar scalar:
                // An anchor of a name is written for the aliases alone.
                if (scalar.Anchor.IsEmpty)
                    events.Take();
                else
                    Value(new JsonOutput(_budget), place, depth);
                return scalar.Value;
            case AnchorAlias alias when _anchors.FindText(alias.Value) is { } text:
                events.Take();
                return text;
            default:
                _findings.Error(place, "invalid_yaml", "A name in this mapping is no plain text. Names are text. Correct it.", events.Line);
                Value(new JsonOutput(_budget), place, depth);
                return null;
        }
    }

    /// <summary>Takes a merge key (https://yaml.org/type/merge.html), of which YAML 1.2 says nothing, and which everybody expects.</summary>
    private void Merge(YamlMembers members, Place outer, int depth)
    {
        var place = outer["<<"];
        if (members.Merges)
            _findings.Error(place, DuplicateNames.Code, "`<<` is there twice. A mapping is merged with one other, or with a list of them. Write `<<: [*one, *other]`.", events.Line);

        members.Merges = true;
        events.Take();
        if (events.Current is not SequenceStart)
        {
            MergeOne(members, place, depth);
            return;
        }

        events.Take();
        var index = 0;
        while (events.Current is not SequenceEnd)
            MergeOne(members, place[index++], depth);
        events.Take();
    }

    private void MergeOne(YamlMembers members, Place place, int depth)
    {
        var (source, line) = (events.Current, events.Line);
        var part = source is AnchorAlias alias ? _anchors.Find(alias.Value) : null;
        if (part is null)
            part = Value(new JsonOutput(_budget), place, depth);
        else
            events.Take();

        if (part.Bytes.Span is [(byte)'{', ..])
        {
            CheckDepth(depth + part.Height - 1, line);
            members.Merge(part, line);
        }
        else if (source is not AnchorAlias || _anchors.Find(((AnchorAlias)source).Value) is not null)
        {
            _findings.Error(place, "invalid_yaml", "`<<` merges what is no mapping. It takes over the members of a mapping, or of a list of mappings. Correct it, or write `\"<<\"` for a property of that name.", line);
        }
    }

    private int Scalar(Scalar scalar, JsonOutput output, Place place)
    {
        var line = YamlEvents.LineOf(scalar);
        var (text, json) = YamlScalar.Read(scalar);
        if (text is not null)
        {
            output.Text(text, line);
        }
        else
        {
            output.Token(Encoding.UTF8.GetBytes(json ?? "null"), line);
            if (json is null)
                _findings.Error(place, "invalid_yaml", $"{Shown.Text(scalar.Value)}{(scalar.Tag.IsEmpty ? "" : $" with the tag {Shown.Text(scalar.Tag.Value)}")} is nothing that JSON knows. Put it in quotes if it is text, or correct it.", line);
        }

        return 0;
    }

    private void Begin(NodeEvent collection, TagName tag, string allowed, Place place, int depth)
    {
        var line = YamlEvents.LineOf(collection);
        CheckDepth(depth, line);
        if (!tag.IsEmpty && !tag.IsNonSpecific && tag.Value != allowed)
            _findings.Error(place, "invalid_yaml", $"The tag {Shown.Text(tag.Value)} is nothing that JSON knows. Remove it.", line);
    }

    private static void CheckDepth(int depth, int line)
    {
        if (depth > DocumentText.MaxDepth)
            throw new TextRefusedException("nested_too_deep", JsonText.TooDeep, line);
    }

    private static bool IsMergeKey(ParsingEvent key) =>
        key is Scalar { Value: "<<" } scalar && (scalar.Tag.IsEmpty ? scalar.Style == ScalarStyle.Plain : scalar.Tag.Value == "tag:yaml.org,2002:merge");
}
