namespace Saga.StateMachines.Plans.Reading;

/// <summary>Finds steps that cannot be taken back although something that can fail comes after them.</summary>
internal static class IrreversibleChecks
{
    public static void Check(PlanDraft draft)
    {
        var fallible = new Dictionary<DraftNode, DraftNode?>();
        for (var index = draft.Bodies.Count - 1; index >= 0; index--)
        {
            // Inner bodies come behind the outer ones, so what is inside is known by now.
            foreach (var node in draft.Bodies[index].Nodes)
                fallible[node] = node.Kind is { CanFail: true } ? node : node.Kind?.Bodies.SelectMany(body => body.Nodes).Select(inner => fallible[inner]).FirstOrDefault(inner => inner is not null);
        }

        var follows = new Dictionary<DraftNode, DraftNode>();
        foreach (var body in draft.Bodies)
            CheckBody(body, fallible, follows, draft.Findings);
    }

    private static void CheckBody(DraftBody body, Dictionary<DraftNode, DraftNode?> fallible, Dictionary<DraftNode, DraftNode> follows, Findings findings)
    {
        var around = body.Owner is { } owner ? follows.GetValueOrDefault(owner) : null;
        foreach (var node in body.Ordered.Reverse())
        {
            if (!follows.TryGetValue(node, out var next) && around is not null)
                follows[node] = next = around;
            if (next is not null && node.Kind is StepDraft { IsIrreversible: true })
                findings.Warning(node.Place, "irreversible_then_fallible", $"`{node.Name}` cannot be compensated, and `{next.Name}` at `{next.Place.Pointer}`, which comes after it, can fail. Then the run ends `failed`, not `rolled_back`. Let the irreversible step come last if it can.");

            if ((fallible[node] ?? next) is { } witness)
            {
                foreach (var dependency in node.Dependencies)
                    follows.TryAdd(dependency, witness);
            }
        }
    }
}
