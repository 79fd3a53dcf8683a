using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Saga.Contracts;
using Saga.Contracts.Json;
using Saga.StateMachines.Plans.Reading;
using Saga.StateMachines.Plans.Reading.Text;

namespace Saga.StateMachines.Plans;

/// <summary>Reads plan documents: gives a plan, or everything that is wrong with the document.</summary>
public static class PlanReader
{
    /// <summary>The most bytes of a plan: as text, as the JSON that the text stands for, and as it is stored.</summary>
    public const int MaxBytes = DocumentText.MaxBytes;

    // A little less than the text of a document may have. The deepest plan that can work has 32 bodies of 5 levels each, and a rule of 256 in the innermost.
    private const int MaxDepth = 500;

    private static readonly PlanReading _defaults = new();

    private static readonly PlanReading _stored = new() { WasAccepted = true };

    /// <summary>Reads a document. Never throws, whatever it is.</summary>
    public static PlanResult Read(JsonElement document, PlanReading? options = null)
    {
        var draft = new PlanDraft(options ?? _defaults);
        var place = Place.OfDocument(draft.Options.Prefix);
        if (Unreadable(document) is var (code, pointer, problem))
        {
            draft.Findings.Error(place.Below(pointer), code, problem);
            return new PlanResult(null, draft.Findings.Errors);
        }

        // The plan lives longer than the document may.
        var body = Draft(document.Clone(), place, draft);
        if (!draft.Options.WasAccepted)
            PathChecks.Check(draft);
        var plan = body is null || draft.Findings.HasErrors ? null : Made(body, place, draft);
        return new PlanResult(plan, draft.Findings.Errors) { Warnings = draft.Findings.Warnings };
    }

    /// <summary>Reads a document written in JSON or YAML, of at most 1 MiB. Never throws, whatever it is. Errors and warnings say their line.</summary>
    public static PlanResult ReadText(string text, PlanReading? options = null)
    {
        var reading = options ?? _defaults;
        return Read(DocumentText.Read(text, reading.IsJson), reading);
    }

    /// <summary>Turns YAML or JSON text into JSON, whatever it describes. Never throws.</summary>
    /// <param name="text">The text.</param>
    /// <param name="errors">What is wrong with the text, each with its line; empty when nothing is.</param>
    /// <param name="isJson">Whether it is JSON by name; see <see cref="PlanReading.IsJson"/>.</param>
    /// <returns>The JSON, or null when something is wrong.</returns>
    public static JsonElement? ToJson(string text, out ImmutableArray<ProvisioningError> errors, bool isJson = false)
    {
        var document = DocumentText.Read(text, isJson);
        errors = document.Located(document.Errors, "");
        return errors.IsEmpty ? document.Json : null;
    }

    /// <summary>Reads what <see cref="Plan.Json"/> held.</summary>
    /// <exception cref="FormatException">The text is no plan; the message says why.</exception>
    public static Plan FromStored(string canonicalJson)
    {
        var draft = new PlanDraft(_stored);
        try
        {
            var document = JsonElement.Parse(canonicalJson, CanonicalJson.Reading);
            if (Unicode.Problem(document) is { } text)
                throw new FormatException($"The text is no plan. {text.Message}");
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

    internal static PlanResult Read(DocumentText document, PlanReading reading)
    {
        var result = document.Json is { } json ? Read(json, reading) : new PlanResult(null, []);
        var errors = document.Errors.Select(error => error with { Pointer = reading.Prefix + error.Pointer }).Concat(result.Errors);
        var located = document.Located(errors, reading.Prefix);
        return new PlanResult(located.IsEmpty ? result.Plan : null, located) { Warnings = document.Located(result.Warnings, reading.Prefix) };
    }

    private static (string Code, string Pointer, string Message)? Unreadable(JsonElement document)
    {
        if (Unicode.Problem(document) is var (at, problem))
            return (ValueRule.InvalidText, at, problem);
        if (ValueRule.Check(document, MaxDepth) is { } tooDeep)
            return ("nested_too_deep", tooDeep.Pointer, tooDeep.Explain("The document"));
        var bytes = JsonMarshal.GetRawUtf8Value(document).Length;
        return bytes > DocumentText.MaxBytes ? ("too_large", "", DocumentText.TooLarge("The document", bytes)) : null;
    }

    /// <summary>Makes the plan, unless what is stored of it would be too large: what was left out is written down there, and definitions with all their nodes.</summary>
    private static Plan? Made(DraftBody body, Place place, PlanDraft draft)
    {
        var json = CanonicalJson.Of(body);
        var bytes = Encoding.UTF8.GetByteCount(json);
        if (bytes <= DocumentText.MaxBytes)
            return PlanLayout.Make(body, json);
        draft.Findings.Error(place, "too_large", DocumentText.TooLarge("With its defaults and its definitions written out, the plan", bytes));
        return null;
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
