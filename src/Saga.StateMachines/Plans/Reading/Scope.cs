namespace Saga.StateMachines.Plans.Reading;

/// <summary>What a body's nodes see besides other nodes.</summary>
internal static class Scope
{
    /// <summary>The nearest body of a kind around, out to the plan or the subsaga.</summary>
    public static DraftBody? Nearest(DraftBody from, BodyKind kind)
    {
        for (var body = from; body is not null; body = body.Outer)
        {
            if (body.Kind == kind)
                return body;
        }

        return null;
    }

    /// <summary>What <c>input</c> means in a body: the run's, or that of the subsaga around.</summary>
    public static Func<Source> InputOf(DraftBody from)
    {
        var body = from;
        while (body.Outer is { } outer)
            body = outer;
        if (body.Kind == BodyKind.Plan)
            return () => new Source(SourceKind.RunInput);

        var level = from.Graph.Depth - body.Graph.Depth;
        return () => new Source(SourceKind.Input, level, body.Owner!.Index);
    }

    /// <summary>What a node gets that says nothing of its input; null is the run's input as it is.</summary>
    public static Template? DefaultInput(DraftBody from)
    {
        for (var body = from; body.Kind != BodyKind.Plan; body = body.Owner!.Body)
        {
            var level = from.Graph.Depth - body.Graph.Depth;
            switch (body.Kind)
            {
                case BodyKind.Item:
                    return new Template.Reference(new Source(SourceKind.Input, level), [], null, "item");
                case BodyKind.Iteration:
                    return new Template.Reference(new Source(SourceKind.Input, level), [], null, "previous");
                case BodyKind.Subsaga:
                    return new Template.Reference(new Source(SourceKind.Input, level, body.Owner!.Index), [], null, "input");
            }
        }

        return null;
    }
}
