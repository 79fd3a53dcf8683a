using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Saga.Worker.Tests.Api.Support;

/// <summary>A document that is written as JSON and as YAML. A name may be there twice, and a part may stand in several places, which YAML writes with an alias.</summary>
internal sealed class PlanTree
{
    private static readonly JsonSerializerOptions _readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string? _leaf;

    private PlanTree(string? leaf, List<(string? Name, PlanTree Value)> parts, bool isList)
    {
        _leaf = leaf;
        Parts = parts;
        IsList = isList;
    }

    /// <summary>What is inside: elements, which have no name, or members.</summary>
    public List<(string? Name, PlanTree Value)> Parts { get; }

    private bool IsList { get; }

    /// <summary>The tree and everything inside of it.</summary>
    public IEnumerable<PlanTree> All => Parts.SelectMany(part => part.Value.All).Prepend(this);

    public static PlanTree Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new(null, [.. json.EnumerateObject().Select(member => ((string?)member.Name, Of(member.Value)))], isList: false),
        JsonValueKind.Array => new(null, [.. json.EnumerateArray().Select(element => ((string?)null, Of(element)))], isList: true),
        JsonValueKind.String => Text(json.GetString()!),
        _ => new(json.GetRawText(), [], isList: false),
    };

    public static PlanTree Text(string text) => new(Written(text), [], isList: false);

    public string ToJson() => _leaf
        ?? (IsList ? $"[{string.Join(',', Parts.Select(part => part.Value.ToJson()))}]"
            : $"{{{string.Join(',', Parts.Select(part => $"{Written(part.Name!)}:{part.Value.ToJson()}"))}}}");

    public string ToYaml()
    {
        var yaml = new StringBuilder("---");
        WriteYaml(yaml, indent: 0, All.GroupBy(part => part, ReferenceEqualityComparer.Instance).Where(same => same.Skip(1).Any()).ToDictionary(same => (PlanTree)same.Key!, _ => false));
        return yaml.Append('\n').ToString();
    }

    private static string Written(string text) => JsonSerializer.Serialize(text, _readable);

    /// <summary>Writes the tree behind what it belongs to.</summary>
    /// <param name="yaml">Takes the text.</param>
    /// <param name="indent">How far it belongs to the right, when it has lines of its own.</param>
    /// <param name="repeated">What stands in several places, and whether it has been written.</param>
    private void WriteYaml(StringBuilder yaml, int indent, Dictionary<PlanTree, bool> repeated)
    {
        if (repeated.TryGetValue(this, out var isWritten))
        {
            var name = $"a{repeated.Keys.ToList().IndexOf(this)}";
            yaml.Append(isWritten ? " *" : " &").Append(name);
            if (isWritten)
                return;
            repeated[this] = true;
        }

        if (Parts.Count == 0)
        {
            yaml.Append(' ').Append(_leaf ?? (IsList ? "[]" : "{}"));
            return;
        }

        foreach (var (name, value) in Parts)
        {
            yaml.Append('\n').Append(' ', indent).Append(IsList ? "-" : $"? {Written(name!)}\n{new string(' ', indent)}:");
            value.WriteYaml(yaml, indent + 2, repeated);
        }
    }
}
