using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Reads a whole plan: the document's, a child's or a subsaga's.</summary>
internal static class DocumentReader
{
    /// <summary>Reads a plan that stands for itself; null when it is no object.</summary>
    public static DraftBody? ReadPlan(JsonElement document, Place place, PlanDraft draft) =>
        Read(document, place, draft, () => new DraftBody(BodyKind.Plan, null, DraftGraph.OfPlan(), place));

    /// <summary>Reads a plan that is inlined.</summary>
    public static DraftBody? ReadSubsaga(JsonElement document, Place place, DraftNode node, PlanDraft draft) =>
        Read(document, place, draft, () => new DraftBody(BodyKind.Subsaga, node, node.Body.Graph, place));

    /// <summary>Writes the canonical document of a plan.</summary>
    public static void Write(DraftBody plan, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (plan.Name is { } name)
            json.WriteString("name", name);
        plan.Write(json);
        json.WriteEndObject();
    }

    private static DraftBody? Read(JsonElement document, Place place, PlanDraft draft, Func<DraftBody> body)
    {
        if (PropertyBag.Read(document, place, "a plan", PlanProperties.Plan, draft.Findings) is not { } bag)
            return null;

        var plan = body();
        plan.Name = bag.Text("name");
        BodyReader.Read(bag, plan, draft);
        return plan;
    }
}
