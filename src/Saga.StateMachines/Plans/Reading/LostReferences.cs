namespace Saga.StateMachines.Plans.Reading;

/// <summary>Says of each name that is not in sight whether it is anywhere, and which one may have been meant.</summary>
internal static class LostReferences
{
    public static void Check(PlanDraft draft)
    {
        if (draft.Lost.Count == 0)
            return;

        var anywhere = new Dictionary<string, DraftNode>(StringComparer.Ordinal);
        foreach (var node in draft.Bodies.SelectMany(body => body.Nodes))
            anywhere.TryAdd(node.Name, node);

        foreach (var lost in draft.Lost)
        {
            if (draft.Findings.IsFull)
                return;
            if (lost.IsDependency)
                Dependency(lost, anywhere, draft.Findings);
            else
                Reference(lost, anywhere, draft.Findings);
        }
    }

    private static void Dependency(LostReference lost, Dictionary<string, DraftNode> anywhere, Findings findings)
    {
        var remedy = anywhere.TryGetValue(lost.Name, out var elsewhere)
            ? $"That name stands at `{elsewhere.Place.Pointer}`. {(IsAround(lost.Body, elsewhere) ? "Let the node around this one depend on it, or refer to it." : "Depend on the node around that one.")}"
            : Before(lost.Name, "/.") is { } node && lost.Body.ByName.ContainsKey(node) ? $"Did you mean `{node}`? Of what it returns nothing is named here."
            : findings.DidYouMean(lost.Name, lost.Body.ByName.Keys, "Correct it, or remove it.");
        findings.Error(lost.Place, "unknown_dependency", $"There is no node {Shown.Text(lost.Name)} in this list. `dependsOn` names nodes of the same list. {remedy}");
    }

    private static void Reference(LostReference lost, Dictionary<string, DraftNode> anywhere, Findings findings)
    {
        if (anywhere.TryGetValue(lost.Name, out var elsewhere))
        {
            var remedy = IsAround(lost.Body, elsewhere)
                ? "A subsaga's or child's plan sees nothing outside: hand the value over in its `input`."
                : $"{Inside(elsewhere.Body)}: give the value out by its `output`, and refer to the node around.";
            findings.Error(lost.Place, "reference_out_of_sight", $"{Shown.Text(lost.Name)} stands at `{elsewhere.Place.Pointer}`, out of sight from here. A reference sees the nodes of its own list and of those around it. {remedy}");
            return;
        }

        string[] known = [.. Around(lost.Body).SelectMany(body => body.ByName.Keys).Take(PlanDraft.MaxNodes), .. ReservedNames.All];
        var guess = OtherPath(lost.Name, known) ?? findings.DidYouMean(lost.Name, known, "Correct the name, or add the node.");
        findings.Error(lost.Place, "unknown_reference", $"There is no node {Shown.Text(lost.Name)}. The first part of a reference is the name of a node or one of {PropertyBag.Listed(ReservedNames.All)}. {guess}");
    }

    /// <summary>A path that is written as in the other of both languages: JsonLogic has dots, and a reference slashes.</summary>
    private static string? OtherPath(string name, string[] known) =>
        Before(name, "/") is { } variable && known.Contains(variable, StringComparer.Ordinal) ? $"Did you mean {Shown.Text(name.Replace('/', '.'))}? The path of a variable in a rule has dots."
        : Before(name, ".") is { } node && known.Contains(node, StringComparer.Ordinal) ? $"Did you mean {Shown.Text(name.Replace('.', '/'))}? The path of a reference has slashes."
        : null;

    private static string? Before(string name, string any) => name.AsSpan().IndexOfAny(any) is > 0 and var at ? name[..at] : null;

    private static IEnumerable<DraftBody> Around(DraftBody body)
    {
        for (var at = body; at is not null; at = at.Outer)
            yield return at;
    }

    private static bool IsAround(DraftBody from, DraftNode node)
    {
        for (var body = from; body is not null; body = body.Owner?.Body)
        {
            if (body == node.Body)
                return true;
        }

        return false;
    }

    private static string Inside(DraftBody body) => body.Kind switch
    {
        BodyKind.Branch => $"It is in a branch of `{body.Owner!.Name}`, of which others may run",
        BodyKind.Item => $"It is there once for each item of `{body.Owner!.Name}`",
        BodyKind.Iteration => $"It is there once for each iteration of `{body.Owner!.Name}`",
        BodyKind.Subsaga => $"It is inside the subsaga `{body.Owner!.Name}`",
        _ => "It is in the plan of a child",
    };
}
