using System.Text.Json;
using System.Buffers;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Reads a list of nodes, and what goes with it wherever it stands: <c>nodes</c>, <c>sequential</c> and <c>output</c>.</summary>
internal static class BodyReader
{
    private const int MaxNameLength = 128;
    private const string NameRule = "A name has 1 to 128 characters out of A-Z, a-z, 0-9, `-`, `_` and `.`, the first a letter or digit.";

    private static readonly SearchValues<char> _allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Reads the body into <paramref name="body"/>.</summary>
    public static void Read(PropertyBag bag, DraftBody body, PlanDraft draft)
    {
        draft.Bodies.Add(body);
        if (!bag.TryGetList("nodes", "Something must be done: at least one node.", out var list))
            return;

        if (draft.Depth >= PlanDraft.MaxDepth)
        {
            draft.Findings.Error(bag.Place["nodes"], "nested_too_deep", $"These nodes are inside of {draft.Depth} others. At most {PlanDraft.MaxDepth} bodies may be inside of each other. Let a `child` do the inner part.");
            return;
        }

        if (!draft.Admit(list.Value.GetArrayLength(), bag.Place["nodes"]))
            return;

        draft.Depth++;
        var sequential = bag.Truth("sequential") ?? false;
        var nodes = Names(list.Value, body, bag.Place["nodes"], draft);
        DraftNode? before = null;
        foreach (var (node, properties) in nodes)
        {
            NodeReader.Read(node, properties, draft);
            if (sequential && before is not null)
            {
                node.Dependencies.Add(before);
                node.Named.Add(before.Name);
            }

            before = node;
        }

        if (bag.TryGet("output", out var output))
        {
            var view = new Viewpoint(body, null);
            body.Output = new TemplateReader(draft, view).Read(output, bag.Place["output"]);
            MeantReferences.WarnOfName(body.Output, bag.Place["output"], view, draft.Findings);
        }

        draft.Depth--;
    }

    /// <summary>Says what is wrong with a name, of a node or of a branch; true when nothing is.</summary>
    public static bool IsGood(string name, Place place, Findings findings)
    {
        if (string.IsNullOrWhiteSpace(name))
            findings.Error(place, "name_blank", $"The name is blank. {NameRule} Give it one.");
        else if (name.Length > MaxNameLength || !char.IsAsciiLetterOrDigit(name[0]) || name.AsSpan().ContainsAnyExcept(_allowed))
            findings.Error(place, "invalid_name", $"The name is {Shown.Text(name)}, with {name.Length} characters. {NameRule} Correct it.");
        else if (ReservedNames.All.Contains(name, StringComparer.Ordinal))
            findings.Error(place, "reserved_name", $"The name is `{name}`. That word means something in references, as do {PropertyBag.Listed(ReservedNames.All)}. Choose another.");
        else
            return true;
        return false;
    }

    /// <summary>The names come first, because a node may refer to one that is listed behind it.</summary>
    private static List<(DraftNode Node, PropertyBag Properties)> Names(JsonElement list, DraftBody body, Place place, PlanDraft draft)
    {
        var nodes = new List<(DraftNode, PropertyBag)>(list.GetArrayLength());
        foreach (var (index, element) in list.EnumerateArray().Index())
        {
            var at = place[index];
            if (PropertyBag.Read(element, at, "a node", PlanProperties.Node, draft.Findings) is not { } bag)
                continue;

            var node = new DraftNode(NameOf(bag, draft) ?? "", index, body, at);
            body.Nodes.Add(node);
            nodes.Add((node, bag));
            if (node.Name.Length > 0 && !body.ByName.TryAdd(node.Name, node))
                draft.Findings.Error(at["name"], "duplicate_name", $"The name is `{node.Name}`, like that of the node at `{body.ByName[node.Name].Place.Pointer}`. A name is unique within its list. Rename one of them.");
        }

        return nodes;
    }

    private static string? NameOf(PropertyBag bag, PlanDraft draft)
    {
        if (!bag.Has("name"))
            draft.Findings.Error(bag.Place, "name_missing", $"The node has no `name`. It is the name under which others refer to it. {NameRule} Add one.");
        return bag.Text("name", isRequired: true) is { } name && IsGood(name, bag.Place["name"], draft.Findings) ? name : null;
    }
}
