namespace Saga.StateMachines.Plans.Reading;

/// <summary>Finds references to outputs that are always null, because a body has several leaves and does not say what it returns.</summary>
internal static class OutputChecks
{
    public static void Check(PlanDraft draft)
    {
        foreach (var (place, written, node, body, _) in draft.Outputs)
        {
            if (body is { IsAmbiguous: true } || node?.Kind is { IsAmbiguous: true })
            {
                draft.Findings.Error(place, "ambiguous_output", $"{Shown.Text(written)} is always null: on several of the nodes inside nothing depends, and there is no `output`. What is referred to has one last node or says what it returns. Add `output` to {Where(node, body)}.");
            }
        }
    }

    private static string Where(DraftNode? node, DraftBody? body) =>
        $"`{(body ?? node!.Kind!.Bodies.FirstOrDefault(inner => inner.IsAmbiguous))?.Place.Pointer ?? node!.Place.Pointer}`";
}
