using System.Text.Json;
using Saga.StateMachines.Plans.Reading;

namespace Saga.StateMachines.Plans;

/// <summary>Reads plan documents: gives a plan, or everything that is wrong with the document.</summary>
public static class PlanReader
{
    private static readonly PlanReading _defaults = new();

    /// <summary>Reads a document. Never throws, whatever it is.</summary>
    public static PlanResult Read(JsonElement document, PlanReading? options = null)
    {
        var draft = new PlanDraft(options ?? _defaults);
        var place = Place.OfDocument(draft.Options.Prefix);
        if (Unicode.Problem(document) is { } problem)
        {
            draft.Findings.Error(place, "invalid_text", problem);
            return new PlanResult(null, draft.Findings.Errors);
        }

        // The plan lives longer than the document may.
        var plan = Draft(document.Clone(), place, draft);
        return plan is null
            ? new PlanResult(null, draft.Findings.Errors) { Warnings = draft.Findings.Warnings }
            : new PlanResult(PlanLayout.Make(plan, CanonicalJson.Of(plan)), []) { Warnings = draft.Findings.Warnings };
    }

    /// <summary>Reads what <see cref="Plan.Json"/> held.</summary>
    /// <exception cref="FormatException">The text is no plan; the message says why.</exception>
    public static Plan FromStored(string canonicalJson)
    {
        var draft = new PlanDraft(_defaults);
        try
        {
            var plan = Draft(JsonElement.Parse(canonicalJson, CanonicalJson.Reading), Place.OfDocument(""), draft);
            if (plan is not null)
                return PlanLayout.Make(plan, canonicalJson);
        }
        catch (JsonException problem)
        {
            throw new FormatException($"The text is no plan. {problem.Message}", problem);
        }

        var first = draft.Findings.Errors[0];
        throw new FormatException($"The text is no plan. At `{first.Pointer}`: {first.Message}");
    }

    private static DraftBody? Draft(JsonElement document, Place place, PlanDraft draft)
    {
        var plan = DocumentReader.ReadPlan(document, place, draft);
        foreach (var body in draft.Bodies)
            TopologicalOrder.Give(body, draft.Findings);
        LostReferences.Check(draft);
        OutputChecks.Check(draft);
        CompensationChecks.Check(draft);
        ReachabilityChecks.Check(draft);
        IrreversibleChecks.Check(draft);
        return draft.Findings.HasErrors ? null : plan;
    }
}
