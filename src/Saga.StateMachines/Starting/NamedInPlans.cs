using System.Text.Json;
using Saga.StateMachines.Definitions;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Steps;

namespace Saga.StateMachines.Starting;

/// <summary>
/// The steps and definitions that one document names. They are looked up between one reading of it and the next, because reading waits for nothing; a
/// definition that is found may name others.
/// </summary>
/// <param name="steps">The announced steps.</param>
/// <param name="definitions">The registered definitions.</param>
/// <param name="plans">Their plans.</param>
/// <param name="own">The definition that the document is to be, which may name itself as a child.</param>
internal sealed class NamedInPlans(StepRegistry steps, DefinitionStore definitions, PlanStore plans, (string Kind, int Version)? own)
{
    private readonly Dictionary<(string Kind, int? Version), JsonElement?> _documents = [];
    private readonly Dictionary<(string Kind, int? Version), string?> _definitionProblems = [];
    private readonly Dictionary<string, string?> _stepProblems = new(StringComparer.Ordinal);
    private readonly HashSet<(string Kind, int? Version)> _askedDocuments = [];
    private readonly HashSet<(string Kind, int? Version)> _askedDefinitions = [];
    private readonly HashSet<string> _askedSteps = new(StringComparer.Ordinal);

    /// <summary>How to read the document. What is not known yet is taken for right, and noted.</summary>
    public PlanReading Reading => new()
    {
        StepProblem = name => Known(_stepProblems, _askedSteps, name),
        Definitions = (kind, version) => Known(_documents, _askedDocuments, (kind, version)),
        DefinitionProblem = (kind, version) => Known(_definitionProblems, _askedDefinitions, (kind, version)),
    };

    /// <summary>Looks up what was asked for; true when the document must be read again, because not all of that is right, or because there is more to read.</summary>
    public async Task<bool> LookUpAsync(CancellationToken cancellationToken)
    {
        var problems = await UnknownSteps.FindAsync(steps, _askedSteps, cancellationToken);
        foreach (var step in _askedSteps)
            _stepProblems[step] = problems.GetValueOrDefault(step);
        foreach (var definition in _askedDocuments)
            _documents[definition] = await DocumentAsync(definition, cancellationToken);
        foreach (var definition in _askedDefinitions)
            _definitionProblems[definition] = await ProblemAsync(definition, cancellationToken);

        var isNews = _askedDocuments.Count > 0 || problems.Count > 0 || _askedDefinitions.Any(definition => _definitionProblems[definition] is not null);
        _askedSteps.Clear();
        _askedDocuments.Clear();
        _askedDefinitions.Clear();
        return isNews;
    }

    private static TValue? Known<TKey, TValue>(Dictionary<TKey, TValue> known, HashSet<TKey> asked, TKey key)
        where TKey : notnull
    {
        if (known.TryGetValue(key, out var value))
            return value;
        asked.Add(key);
        return default;
    }

    private async Task<JsonElement?> DocumentAsync((string Kind, int? Version) definition, CancellationToken cancellationToken) =>
        await definitions.FindAsync(definition.Kind, definition.Version, cancellationToken) is { } found
            ? StoredJson.Parse((await plans.GetAsync(found.PlanHash, cancellationToken)).Json)
            : null;

    private async Task<string?> ProblemAsync((string Kind, int? Version) definition, CancellationToken cancellationToken)
    {
        var (kind, version) = definition;
        if (kind == own?.Kind && (version ?? own?.Version) == own?.Version)
            return null;
        return await definitions.FindAsync(kind, version, cancellationToken) is null
            ? UnknownDefinition.Explain(kind, version, [.. (await definitions.ListAsync(cancellationToken)).Select(known => (known.Kind, known.Version))])
            : null;
    }
}
