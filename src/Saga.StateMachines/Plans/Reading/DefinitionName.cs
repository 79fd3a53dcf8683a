namespace Saga.StateMachines.Plans.Reading;

/// <summary>The plan that a child or a subsaga follows: one of its own, or that of a definition.</summary>
/// <param name="Kind">The kind of the definition; null when there is a plan.</param>
/// <param name="Version">Its version; null is the latest.</param>
internal sealed record DefinitionName(string? Kind, int? Version)
{
    /// <summary>Reads <c>kind</c> and <c>version</c>; gives null when neither these nor <c>plan</c> say which.</summary>
    public static DefinitionName? Read(PropertyBag bag, string what, PlanDraft draft)
    {
        var version = bag.Whole("version", 1, int.MaxValue);
        var isDefined = bag.Has("kind");
        if (isDefined == bag.Has("plan"))
        {
            var fact = isDefined ? "both `kind` and `plan`" : "neither `kind` nor `plan`";
            draft.Findings.Error(bag.Place, isDefined ? "extra_properties" : "missing_property", $"The {what} has {fact}. It follows a registered definition or a plan of its own. Give it one of them.");
            return null;
        }

        if (!isDefined)
        {
            if (bag.Has("version"))
                draft.Findings.Error(bag.Place["version"], "extra_properties", "`version` is there without `kind`. It is that of a definition; a plan of its own has none. Remove it.");
            return new(null, null);
        }

        if (bag.Text("kind", isRequired: true) is not { } kind)
            return null;
        if (draft.Options.WasAccepted || StepNames.IsValid(kind))
            return new(kind, version);
        draft.Findings.Error(bag.Place["kind"], "invalid_name", $"`kind` is {Shown.Text(kind)}, with {kind.Length} characters. It names a definition, and follows the rule of step names: {StepNames.Rule} Correct it.");
        return null;
    }

    public override string ToString() => Version is { } version ? $"definition {Shown.Text(Kind ?? "")} version {version}" : $"definition {Shown.Text(Kind ?? "")}";
}
