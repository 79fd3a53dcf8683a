using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Saga.StateMachines.Plans;

/// <summary>What a run does: a directed acyclic graph of nodes, in an order in which a node comes after everything it depends on.</summary>
public sealed class Plan
{
    private readonly FrozenDictionary<string, int> _indexes;
    private readonly Lazy<string> _json;
    private readonly Lazy<string> _hash;

    /// <summary>Makes a plan of nodes that are in order already.</summary>
    /// <exception cref="ArgumentException">The nodes are no plan; the message names the first that is wrong.</exception>
    public Plan(ImmutableArray<PlanNode> nodes)
    {
        Nodes = PlanOrder.Checked(nodes);
        _indexes = Nodes.ToFrozenDictionary(node => node.Name, node => node.Index, StringComparer.Ordinal);
        Dependents = DependentsOf(Nodes);
        _json = new Lazy<string>(() => PlanJson.Format(this));
        _hash = new Lazy<string>(() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ToJson()))));
    }

    /// <summary>The nodes; each stands at its <see cref="PlanNode.Index"/>.</summary>
    public ImmutableArray<PlanNode> Nodes { get; }

    /// <summary>For each node the positions of those that depend on it directly, ascending.</summary>
    public ImmutableArray<ImmutableArray<int>> Dependents { get; }

    /// <summary>The SHA-256 of the plan's canonical JSON, in lower-case hexadecimal digits.</summary>
    public string Hash => _hash.Value;

    /// <summary>The position of the node of that name, or -1 when there is none.</summary>
    public int IndexOf(string? name) => name is not null && _indexes.TryGetValue(name, out var index) ? index : -1;

    /// <summary>The canonical JSON of the plan: equal plans have the same text.</summary>
    public string ToJson() => _json.Value;

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no plan.</exception>
    public static Plan FromJson(string json) => PlanJson.Parse(json);

    private static ImmutableArray<ImmutableArray<int>> DependentsOf(ImmutableArray<PlanNode> nodes)
    {
        var lists = new ImmutableArray<int>.Builder?[nodes.Length];
        foreach (var node in nodes)
        {
            foreach (var dependency in node.DependsOn)
            {
                (lists[dependency] ??= ImmutableArray.CreateBuilder<int>(1)).Add(node.Index);
            }
        }

        return [.. lists.Select(list => list?.DrainToImmutable() ?? [])];
    }
}
