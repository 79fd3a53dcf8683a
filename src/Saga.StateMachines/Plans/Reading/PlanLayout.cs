using System.Collections.Immutable;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Gives every node its position and name, and makes the graphs.</summary>
internal static class PlanLayout
{
    public static Plan Make(DraftBody plan, string json)
    {
        Place(plan, "");
        var nodes = plan.Graph.All.Select(graph => new PlanNode[graph.Count]).ToArray();
        Fill(plan, nodes);
        return new Plan([.. nodes.Select((graph, id) => new PlanGraph(id, ImmutableArray.Create(graph)))], json)
        {
            Name = plan.Name,
            Output = plan.Output?.Make(),
            Leaf = plan.Leaf?.Index ?? -1,
        };
    }

    private static void Place(DraftBody body, string prefix)
    {
        var graph = body.Graph;
        foreach (var node in body.Ordered)
        {
            node.Index = graph.Count++;
            node.FullName = prefix + node.Name;
            foreach (var inner in node.Kind!.Bodies)
                PlaceInner(inner, node);
            node.End = graph.Count;
        }

        body.End = graph.Count;
    }

    private static void PlaceInner(DraftBody body, DraftNode node)
    {
        switch (body.Kind)
        {
            case BodyKind.Subsaga:
                body.Index = node.Index;
                Place(body, node.FullName + "/");
                break;
            case BodyKind.Branch:
                body.Index = body.Graph.Count++;
                body.FullName = $"{node.FullName}/{body.Name}";
                Place(body, body.FullName + "/");
                break;
            default:
                body.Index = body.Graph.Count++;
                body.FullName = body.Kind == BodyKind.Item ? "item" : "iteration";
                Place(body, "");
                break;
        }
    }

    private static void Fill(DraftBody body, PlanNode[][] graphs)
    {
        foreach (var node in body.Ordered)
        {
            graphs[body.Graph.Id][node.Index] = node.Make();
            foreach (var inner in node.Kind!.Bodies)
            {
                // A subsaga's node is the scope of its body; the others have one of their own.
                if (inner.Kind != BodyKind.Subsaga)
                    graphs[inner.Graph.Id][inner.Index] = ScopeOf(inner, node);
                Fill(inner, graphs);
            }
        }
    }

    private static ScopeNode ScopeOf(DraftBody body, DraftNode node) => new(body.Index, body.FullName, KindOf(body), [])
    {
        Parent = body.Kind == BodyKind.Branch ? node.Index : -1,
        End = body.End,
        Output = body.Output?.Make(),
        Leaf = body.Leaf?.Index ?? -1,
    };

    private static ScopeKind KindOf(DraftBody body) => body.Kind switch
    {
        BodyKind.Branch => ScopeKind.Branch,
        BodyKind.Item => ScopeKind.Item,
        _ => ScopeKind.Iteration,
    };
}
