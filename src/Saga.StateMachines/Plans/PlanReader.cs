using System.Collections.Immutable;
using System.Text.Json;
using Saga.Contracts;
using Saga.StateMachines.Plans.Reading;
using Saga.StateMachines.Plans.Reading.Text;

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

    /// <summary>Reads a document written in JSON or YAML, of at most 1 MiB. Never throws, whatever it is. Errors and warnings say their line.</summary>
    public static PlanResult ReadText(string text, PlanReading? options = null)
    {
        var document = DocumentText.Read(text);
        var prefix = (options ?? _defaults).Prefix;
        var result = document.Json is { } json ? Read(json, options) : new PlanResult(null, []);
        var errors = document.Errors.Select(error => error with { Pointer = prefix + error.Pointer }).Concat(result.Errors);
        var located = document.Located(errors, prefix);
        return new PlanResult(located.IsEmpty ? result.Plan : null, located) { Warnings = document.Located(result.Warnings, prefix) };
    }

    /// <summary>Turns YAML or JSON text into JSON, whatever it describes. Never throws.</summary>
    /// <param name="text">The text.</param>
    /// <param name="errors">What is wrong with the text, each with its line; empty when nothing is.</param>
    /// <returns>The JSON, or null when something is wrong.</returns>
    public static JsonElement? ToJson(string text, out ImmutableArray<ProvisioningError> errors)
    {
        var document = DocumentText.Read(text);
        errors = document.Located(document.Errors, "");
        return errors.IsEmpty ? document.Json : null;
    }

    /// <summary>Reads what <see cref="Plan.Json"/> held.</summary>
    /// <exception cref="FormatException">The text is no plan; the message says why.</exception>
    public static Plan FromStored(string canonicalJson)
    {
        var draft = new PlanDraft(_defaults);
        try
        {
            var document = JsonElement.Parse(canonicalJson, CanonicalJson.Reading);
            if (Unicode.Problem(document) is { } text)
                throw new FormatException($"The text is no plan. {text}");
            if (Draft(document, Place.OfDocument(""), draft) is { } plan)
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
