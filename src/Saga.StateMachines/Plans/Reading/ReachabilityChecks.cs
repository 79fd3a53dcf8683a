using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Finds nodes that can never run.</summary>
internal static class ReachabilityChecks
{
    public static void Check(PlanDraft draft)
    {
        foreach (var node in draft.Bodies.SelectMany(body => body.Nodes))
        {
            if (node.Kind is RouteDraft route)
                CheckRoute(node, route, draft.Findings);
            else if (node.Kind is MapDraft { RunsNothing: true })
                draft.Findings.Warning(node.Place["map"]["nodes"], "unreachable", $"These nodes never run: the list of `{node.Name}` is empty. Remove them, or correct `over`.");
        }
    }

    private static void CheckRoute(DraftNode node, RouteDraft route, Findings findings)
    {
        DraftBody? always = null;
        foreach (var (when, body) in route.Cases)
        {
            if (always is not null)
                Behind(body, always, findings);
            else if (Truth(when.Written) == true)
                always = body;
            else if (Truth(when.Written) == false)
                findings.Warning(body.Place, "unreachable", $"The case `{body.Name}` of `{node.Name}` is never chosen: its `when` is always falsy. Remove it, or correct `when`.");
        }

        if (always is not null && route.Default is { } otherwise)
            Behind(otherwise, always, findings);
    }

    private static void Behind(DraftBody body, DraftBody always, Findings findings) =>
        findings.Warning(body.Place, "unreachable", $"`{body.Name}` is never chosen: the case `{always.Name}` before it is always chosen, because its `when` is always truthy. Remove one of them, or correct that `when`.");

    /// <summary>Whether a rule is a value, and then which of both it is (jsonlogic.com, "Truthy and Falsy"); null for an operation.</summary>
    private static bool? Truth(JsonElement rule) => rule.ValueKind switch
    {
        JsonValueKind.Object => null,
        JsonValueKind.Array => rule.GetArrayLength() > 0,
        JsonValueKind.String => rule.GetString()!.Length > 0,
        JsonValueKind.Number => !rule.TryGetDouble(out var number) || Math.Abs(number) > 0,
        _ => rule.ValueKind == JsonValueKind.True,
    };
}
