using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Reads a node: what all have in common, and then what its kind says.</summary>
internal static class NodeReader
{
    public static void Read(DraftNode node, PropertyBag bag, PlanDraft draft)
    {
        if (bag.TryGet("dependsOn", out var names))
            ReadDependencies(node, names, bag.Place["dependsOn"], draft);

        var kinds = PlanProperties.Kinds.Where(bag.Has).ToArray();
        if (kinds is [var kind])
        {
            if (kind != "step")
                RefuseWhatOnlyStepsHave(bag, kind, draft.Findings);
            node.Kind = ReadKind(kind, node, bag, draft);
        }
        else if (kinds.Length > 1)
        {
            draft.Findings.Error(bag.Place, "several_kinds", $"The node has {PropertyBag.Listed(kinds)}. It must have exactly one of them: it decides what the node does. Make several nodes of it.");
        }
        else if (!bag.Unknown.Exists(name => NearestStepNames.To(name, PlanProperties.Kinds).Length > 0))
        {
            draft.Findings.Error(bag.Place, "kind_missing", $"The node does nothing. It must have exactly one of {PropertyBag.Listed(PlanProperties.Kinds)}. Add one.");
        }
    }

    private static DraftKind? ReadKind(string kind, DraftNode node, PropertyBag bag, PlanDraft draft) => kind switch
    {
        "step" => StepDraft.Read(node, bag, draft),
        "constant" => ConstantDraft.Read(bag, draft),
        "route" => RouteDraft.Read(node, bag, draft),
        "map" => MapDraft.Read(node, bag, draft),
        "loop" => LoopDraft.Read(node, bag, draft),
        "sleep" => SleepDraft.Read(node, bag, draft),
        "signal" => SignalDraft.Read(node, bag, draft),
        "child" => ChildDraft.Read(node, bag, draft),
        _ => SubsagaDraft.Read(node, bag, draft),
    };

    private static void RefuseWhatOnlyStepsHave(PropertyBag bag, string kind, Findings findings)
    {
        foreach (var name in PlanProperties.OfSteps.Where(bag.Has))
        {
            var remedy = name == "input" && kind is "child" or "subsaga" ? $"Move it into `{kind}`." : "Remove it.";
            findings.Error(bag.Place[name], "unknown_property", $"`{name}` is no property of a node with `{kind}`. Only one with `step` has it. {remedy}");
        }
    }

    private static void ReadDependencies(DraftNode node, JsonElement names, Place place, PlanDraft draft)
    {
        if (names.ValueKind != JsonValueKind.Array)
        {
            draft.Findings.Error(place, "wrong_type", $"`dependsOn` is {Shown.Json(names)}. It must be a list of names. {(Shown.TextOf(names) is { } name ? $"Put {Shown.Text(name)} into a list" : "Correct it")}, or leave it out.");
            return;
        }

        foreach (var (index, element) in names.EnumerateArray().Index())
        {
            if (Shown.TextOf(element) is not { } name)
                draft.Findings.Error(place[index], "wrong_type", $"This is {Shown.Json(element)}. In `dependsOn` there must be names of nodes. Correct it.");
            else if (!node.Body.ByName.TryGetValue(name, out var dependency))
                draft.Lost.Add(new(place[index], name, node.Body, IsDependency: true));
            else if (dependency == node)
                draft.Findings.Error(place[index], "self_dependency", $"Node `{name}` depends on itself. It would wait for ever. Remove the name.");
            else
            {
                node.Dependencies.Add(dependency);
                node.Named.Add(name);
            }
        }
    }
}
