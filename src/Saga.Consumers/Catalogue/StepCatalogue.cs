using System.Diagnostics.CodeAnalysis;

namespace Saga.Consumers;

/// <summary>The steps a worker hosts, by name. It is made when the worker starts, and refuses to be made wrongly.</summary>
public sealed class StepCatalogue
{
    private readonly Dictionary<string, StepDescriptor> byName = new(StringComparer.Ordinal);

    /// <summary>Makes the catalogue of some classes. A class named twice counts once.</summary>
    /// <param name="stepTypes">The classes, each an <see cref="IStep{TInput,TOutput}"/>.</param>
    /// <exception cref="StepCatalogueException">A class is no step, a name is invalid, or two classes share one. Lists every problem.</exception>
    public StepCatalogue(IEnumerable<Type> stepTypes)
    {
        var problems = new List<string>();
        foreach (var type in stepTypes.Distinct())
        {
            if (!StepInspection.TryDescribe(type, out var step, out var problem))
                problems.Add(problem);
            else if (!byName.TryAdd(step.Name, step))
                problems.Add(Duplicate(byName[step.Name], step));
        }

        if (problems.Count > 0)
            throw new StepCatalogueException(problems);

        Steps = [.. byName.Values.OrderBy(step => step.Name, StringComparer.Ordinal)];
    }

    /// <summary>The steps, by name.</summary>
    public IReadOnlyList<StepDescriptor> Steps { get; }

    /// <summary>Looks a step up.</summary>
    /// <returns>False when this worker does not host it.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out StepDescriptor? step) => byName.TryGetValue(name, out step);

    /// <summary>Looks a step up.</summary>
    /// <exception cref="UnknownStepException">This worker does not host it.</exception>
    public StepDescriptor Get(string name) => TryGet(name, out var step) ? step : throw new UnknownStepException(name);

    private static string Duplicate(StepDescriptor first, StepDescriptor second) =>
        $"{first.StepType} and {second.StepType} are both named `{first.Name}`. A name belongs to one step. "
        + "Rename one of them with [StepName(\"…\")].";
}
