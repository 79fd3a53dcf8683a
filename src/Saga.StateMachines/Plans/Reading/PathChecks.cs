using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Finds references that look into a list for something else than an index, where it is known that a list stands there.</summary>
internal static class PathChecks
{
    public static void Check(PlanDraft draft)
    {
        foreach (var (place, written, node, _, hasDefault) in draft.Outputs)
        {
            if (!hasDefault && NoIndex(node?.Kind, written) is { } token)
            {
                draft.Findings.Error(place, "unresolved_reference", $"{Shown.Text(written)} leads to nothing: {Shown.Text(token)} stands where `{node!.Name}` has a list. An element of a list is named by its index, such as `0` or `12`, without zeros before it. Correct it, or give the reference a `default`.");
            }
        }
    }

    private static string? NoIndex(DraftKind? kind, string written)
    {
        var path = ReferenceReader.PathOf(written);
        if (kind is MapDraft)
            return !path.IsEmpty && JsonPointer.IndexOf(path[0]) is null ? path[0] : null;
        if (kind is not ConstantDraft constant)
            return null;

        var value = constant.Value;
        foreach (var token in path)
        {
            if (value.ValueKind == JsonValueKind.Array && JsonPointer.IndexOf(token) is null)
                return token;
            if (!JsonPointer.TryStep(ref value, token))
                return null;
        }

        return null;
    }
}
