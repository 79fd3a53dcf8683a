using Saga.StateMachines.Plans;
using Saga.StateMachines.Steps;

namespace Saga.StateMachines.Starting;

/// <summary>Says which steps nobody ever announced.</summary>
internal static class UnknownSteps
{
    // Looking for what was meant takes time for each pair of names, and a plan may have ten thousand.
    private const int MaxComparisons = 100_000;

    /// <summary>What is wrong with those of the names that nobody ever announced.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> FindAsync(StepRegistry steps, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var unknown = await steps.FindUnknownAsync([.. names.Distinct(StringComparer.Ordinal)], cancellationToken);
        if (unknown.Count == 0)
            return new Dictionary<string, string>(StringComparer.Ordinal);

        var known = await steps.AllNamesAsync(cancellationToken);
        var compared = unknown.Order(StringComparer.Ordinal).Take(MaxComparisons / Math.Max(1, known.Count)).ToHashSet(StringComparer.Ordinal);
        return unknown.ToDictionary(step => step, step => Explain(step, known, compared.Contains(step)), StringComparer.Ordinal);
    }

    private static string Explain(string step, IReadOnlyCollection<string> known, bool isCompared)
    {
        var nearest = isCompared ? NearestStepNames.To(step, known) : [];
        var remedy = nearest.Any() ? $"Did you mean {string.Join(" or ", nearest.Select(name => $"`{name}`"))}?"
            : known.Count == 0 ? "No step was announced yet. Start a worker with the role `steps`, or wait for one that is running: it announces its steps every 10 seconds."
            : "Start a worker that hosts it, or choose one of those `saga steps` lists.";
        return $"No worker has ever announced a step `{step}`. A plan may only name announced steps. {remedy}";
    }
}
