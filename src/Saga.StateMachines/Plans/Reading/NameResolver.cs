namespace Saga.StateMachines.Plans.Reading;

/// <summary>
/// Finds what a name means from a viewpoint, and adds the dependency: of the node that reads, or, when what is read stands further out, of the
/// node around the reader that stands beside it.
/// </summary>
internal sealed class NameResolver(PlanDraft draft, Viewpoint view)
{
    /// <summary>The source of that name, to be asked when nodes have positions; null when there is none, which is an error.</summary>
    public Func<Source>? Resolve(string name, string written, Place place, bool hasDefault) => name switch
    {
        "context" => () => new Source(SourceKind.Context),
        "run" => () => new Source(SourceKind.Run),
        "input" => Scope.InputOf(view.Body),
        "item" => OfBody(BodyKind.Item, SourceKind.Input, name, place),
        "index" => OfBody(BodyKind.Item, SourceKind.Ordinal, name, place),
        "iteration" => OfBody(BodyKind.Iteration, SourceKind.Ordinal, name, place),
        "previous" => OfPrevious(written, place),
        "output" => OfOutput(written, place),
        _ => OfNode(name, written, place, hasDefault),
    };

    private Func<Source>? OfPrevious(string written, Place place)
    {
        if (Scope.Nearest(view.Body, BodyKind.Iteration) is { } body)
            draft.Outputs.Add((place, written, null, body, HasDefault: true));
        return OfBody(BodyKind.Iteration, SourceKind.Input, "previous", place);
    }

    private Func<Source>? OfBody(BodyKind kind, SourceKind source, string name, Place place)
    {
        if (Scope.Nearest(view.Body, kind) is { } body)
        {
            var level = view.Body.Graph.Depth - body.Graph.Depth;
            return () => new Source(source, level);
        }

        var around = kind == BodyKind.Item ? "map" : "loop";
        draft.Findings.Error(place, "reference_out_of_place", $"`{name}` is read where there is none. It is known only inside a `{around}`, and not in a `subsaga` in it. Refer to `input` or to a node, or hand it over as the subsaga's input.");
        return null;
    }

    private Func<Source>? OfOutput(string written, Place place)
    {
        if (view.IsUntil)
        {
            draft.Outputs.Add((place, written, null, view.Body, HasDefault: true));
            return () => new Source(SourceKind.Output);
        }

        if (view is { IsCompensation: true, Node: { } node })
            return () => new Source(SourceKind.Output, 0, node.Index);

        draft.Findings.Error(place, "reference_out_of_place", "`output` is read where there is none. It is known only in the `until` of a loop and in the input of a compensation. Refer to a node by its name for what that returned.");
        return null;
    }

    private Func<Source>? OfNode(string name, string written, Place place, bool hasDefault)
    {
        var body = view.Body;
        var reader = view.Node;
        if (view.IsUntil)
        {
            reader = body.Owner;
            body = reader!.Body;
        }

        while (!body.ByName.ContainsKey(name))
        {
            if (body.Outer is not { } outer)
            {
                draft.Lost.Add(new(place, name, view.Body, IsDependency: false));
                return null;
            }

            reader = body.Owner;
            body = outer;
        }

        var target = body.ByName[name];
        if (reader == target)
        {
            draft.Findings.Error(place, "self_dependency", reader == view.Node
                ? $"Node `{name}` refers to itself. What it returns is known only when it is done. Refer to a node before it, or in a compensation to `output`."
                : $"`{name}` is the node around this. What it returns is known only when everything inside is done. Refer to a node before it.");
            return null;
        }

        draft.Outputs.Add((place, written, target, null, hasDefault));
        if (view.IsCompensation)
            draft.CompensationReads.Add(new(place, reader!, target, hasDefault));
        else
            reader?.Dependencies.Add(target);

        var level = view.Body.Graph.Depth - body.Graph.Depth;
        return () => new Source(SourceKind.Output, level, target.Index);
    }
}
