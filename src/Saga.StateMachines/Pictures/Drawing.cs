using System.Globalization;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Pictures;

/// <summary>Draws the graphs of a plan, each in the frame of the node whose body it is.</summary>
/// <param name="plan">The plan.</param>
/// <param name="look">How a node of a graph looks.</param>
internal sealed class Drawing(Plan plan, Func<PlanGraph, PlanNode, Look> look)
{
    private readonly Dot _dot = new();
    private readonly List<string> _edges = [];

    public string Draw(params IEnumerable<string?> title)
    {
        _dot.Open("digraph saga");

        // Arrows between frames are arrows between boxes in them, cut off at the frames' edges: that is what `compound` allows.
        _dot.Line($"graph [label={Dot.Quoted(title)}, labelloc=t, rankdir=LR, compound=true, fontname=\"Helvetica\"]");
        _dot.Line("node [shape=box, style=\"rounded,filled\", fillcolor=\"white\", fontname=\"Helvetica\"]");
        _dot.Line("edge [color=\"gray40\"]");
        DrawInside(plan.Root, parent: -1);
        foreach (var edge in _edges)
            _dot.Line(edge);
        _dot.Close();
        return _dot.ToString();
    }

    private static string Id(PlanGraph graph, PlanNode node) => string.Create(CultureInfo.InvariantCulture, $"n{graph.Id}_{node.Index}");

    private static IEnumerable<PlanNode> Inside(PlanGraph graph, int parent) => graph.Nodes.Where(node => node.Parent == parent);

    private void DrawInside(PlanGraph graph, int parent)
    {
        foreach (var node in Inside(graph, parent))
        {
            if (node.IsContainer)
                DrawFrame(graph, node);
            else
                DrawBox(graph, node);
            foreach (var dependency in node.DependsOn)
                AddEdge(graph, graph.Nodes[dependency], node);
        }
    }

    private void DrawBox(PlanGraph graph, PlanNode node)
    {
        var (fill, remark, isFaint) = look(graph, node);
        var label = Dot.Quoted(NodeLabel.NameOf(node), NodeLabel.KindOf(graph, node), remark);
        var colour = fill is null ? "" : $", fillcolor=\"{fill}\"";
        _dot.Line($"{Id(graph, node)} [label={label}{colour}{(isFaint ? ", style=\"rounded,filled,dashed\"" : "")}]");
    }

    private void DrawFrame(PlanGraph graph, PlanNode node)
    {
        var (fill, remark, isFaint) = look(graph, node);
        _dot.Open($"subgraph cluster_{Id(graph, node)}");
        _dot.Line($"label={Dot.Quoted(NodeLabel.NameOf(node), NodeLabel.KindOf(graph, node), remark)}");
        _dot.Line($"style=\"rounded{(isFaint ? ",dashed" : "")}\"");
        _dot.Line($"color=\"{fill ?? "gray60"}\"");
        if (BodyOf(node) is { } body)
            DrawInside(body, parent: 0);
        else
            DrawInside(graph, node.Index);
        _dot.Close();
    }

    private void AddEdge(PlanGraph graph, PlanNode from, PlanNode to)
    {
        var tail = from.IsContainer ? $"ltail=cluster_{Id(graph, from)}" : null;
        var head = to.IsContainer ? $"lhead=cluster_{Id(graph, to)}" : null;
        var cut = string.Join(", ", new[] { tail, head }.OfType<string>());
        _edges.Add($"{LastBox(graph, from)} -> {FirstBox(graph, to)}{(cut.Length > 0 ? $" [{cut}]" : "")}");
    }

    private string FirstBox(PlanGraph graph, PlanNode node) =>
        !node.IsContainer ? Id(graph, node)
        : BodyOf(node) is { } body ? FirstBox(body, Inside(body, parent: 0).First())
        : FirstBox(graph, Inside(graph, node.Index).First());

    private string LastBox(PlanGraph graph, PlanNode node) =>
        !node.IsContainer ? Id(graph, node)
        : BodyOf(node) is { } body ? LastBox(body, Inside(body, parent: 0).Last())
        : LastBox(graph, Inside(graph, node.Index).Last());

    // The scope of an item or an iteration, node 0 of a body, is what the frame of the map or loop stands for already.
    private PlanGraph? BodyOf(PlanNode node) => node switch
    {
        MapNode map => plan.Graphs[map.Body],
        LoopNode loop => plan.Graphs[loop.Body],
        _ => null,
    };
}
