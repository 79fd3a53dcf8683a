using Saga.StateMachines.Plans;

namespace Saga.StateMachines.Definitions;

/// <summary>Says that a definition is not registered.</summary>
public static class UnknownDefinition
{
    /// <summary>What to say, with what may have been meant.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="version">The version, or null for the latest.</param>
    /// <param name="known">The kinds and versions that are registered.</param>
    public static string Explain(string kind, int? version, IReadOnlyCollection<(string Kind, int Version)> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var versions = known.Where(definition => definition.Kind == kind).Select(definition => definition.Version).Order().ToList();
        if (versions.Count > 0)
            return $"There is no version {version} of the definition `{kind}`. Registered are {string.Join(", ", versions)}. Choose one of them, or register it.";

        var nearest = NearestStepNames.To(kind, known.Select(definition => definition.Kind));
        var remedy = nearest.Any() ? $"Did you mean {string.Join(" or ", nearest.Select(name => $"`{name}`"))}?" : "Register it first; `saga definitions` lists what there is.";
        return $"No definition `{kind}` is registered. A kind is that of a registered definition. {remedy}";
    }
}
