using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Saga.StateMachines.Plans;

/// <summary>What a run does: a directed acyclic graph of nodes, in which maps and loops have graphs of their own as bodies.</summary>
public sealed class Plan
{
    private readonly Lazy<string> _hash;

    /// <summary>Makes a plan of graphs that are checked already.</summary>
    /// <param name="graphs">The plan itself, and behind it the bodies of its maps and loops.</param>
    /// <param name="json">The canonical document the graphs were made of.</param>
    public Plan(ImmutableArray<PlanGraph> graphs, string json)
    {
        Graphs = graphs;
        Json = json;
        NodeCount = graphs.Sum(graph => graph.Nodes.Length);
        _hash = new Lazy<string>(() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json))));
    }

    /// <summary>The plan itself, and behind it the bodies of its maps and loops, each at its <see cref="PlanGraph.Id"/>.</summary>
    public ImmutableArray<PlanGraph> Graphs { get; }

    /// <summary>The plan without the bodies of its maps and loops.</summary>
    public PlanGraph Root => Graphs[0];

    /// <summary>How many nodes all graphs have together.</summary>
    public int NodeCount { get; }

    /// <summary>The canonical document: what was sent, without white space and in a fixed order of properties.</summary>
    public string Json { get; }

    /// <summary>What it is for, in a word or two for people; null when it does not say.</summary>
    public string? Name { get; init; }

    /// <summary>What the run returns; null is the output of <see cref="Leaf"/>.</summary>
    public Template? Output { get; init; }

    /// <summary>The position of the only node at the top of <see cref="Root"/> on which no other depends, or -1 when there are several: then the run returns null.</summary>
    public int Leaf { get; init; } = -1;

    /// <summary>The SHA-256 of <see cref="Json"/>, in lower-case hexadecimal digits. Plans are stored by it.</summary>
    public string Hash => _hash.Value;
}
