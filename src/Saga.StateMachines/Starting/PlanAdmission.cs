using System.Collections.Immutable;
using System.Text.Json;
using Saga.Contracts;
using Saga.StateMachines.Definitions;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Plans.Reading.Text;
using Saga.StateMachines.Steps;

namespace Saga.StateMachines.Starting;

/// <summary>Finds or makes the plan of a start, and checks it against what is known: the announced steps and the registered definitions.</summary>
public sealed class PlanAdmission(StepRegistry steps, DefinitionStore definitions, PlanStore plans)
{
    /// <summary>The plan of a start, with the version when it follows a definition; or everything that is wrong with it.</summary>
    public async Task<(Plan? Plan, ImmutableArray<ProvisioningError> Errors, int? Version)> CheckAsync(StartProvisioning start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        if (Named(start) != 1)
        {
            return start is { Kind: null, Steps: null, Plan: null }
                ? (null, StepList.ToPlan(null).Errors, null)
                : (null, [Error("", "ambiguous_plan", "The start has more than one of `kind`, `steps` and `plan`. A run follows exactly one. Leave the others out.")], null);
        }

        if (start is { Version: not null, Kind: null })
            return (null, [Error("/version", "version_without_kind", "`version` is the version of a definition, and there is no `kind`. Add it, or leave the version out.")], null);

        if (start.Kind is { } kind)
            return await FollowAsync(kind, start.Version, cancellationToken);

        var planned = start.Plan is { } document ? await CheckAsync(document, "/plan", cancellationToken) : await CheckListAsync(start.Steps!, cancellationToken);
        return (planned.Plan, planned.Errors, null);
    }

    /// <summary>Checks a document as a start would, without starting anything.</summary>
    public async Task<PlanResult> CheckAsync(JsonElement document, string prefix, CancellationToken cancellationToken)
    {
        var planned = await ReadAsync(reading => PlanReader.Read(document, reading with { Prefix = prefix }), cancellationToken);
        return planned.IsAccepted ? await CheckChildrenAsync(planned, prefix, cancellationToken) : planned;
    }

    /// <summary>The same for the text of a document, so that errors name lines.</summary>
    public async Task<PlanResult> CheckTextAsync(string text, bool isJson, CancellationToken cancellationToken)
    {
        // The text is parsed once, however often what it says is read.
        var document = DocumentText.Read(text, isJson);
        var planned = await ReadAsync(reading => PlanReader.Read(document, reading), cancellationToken);
        return planned.IsAccepted ? await CheckChildrenAsync(planned, "", cancellationToken) : planned;
    }

    private static int Named(StartProvisioning start) => (start.Kind is null ? 0 : 1) + (start.Steps is null ? 0 : 1) + (start.Plan is null ? 0 : 1);

    private async Task<(Plan? Plan, ImmutableArray<ProvisioningError> Errors, int? Version)> FollowAsync(string kind, int? version, CancellationToken cancellationToken)
    {
        if (await definitions.FindAsync(kind, version, cancellationToken) is { } found)
        {
            // A definition may be registered before the workers of its steps first started.
            var plan = await plans.GetAsync(found.PlanHash, cancellationToken);
            var problems = await UnknownStepsAsync(plan.Graphs.SelectMany(graph => graph.Nodes.OfType<StepNode>()).Select(node => node.Step), cancellationToken);
            return problems.Count == 0
                ? (plan, [], found.Version)
                : (null, [.. problems.Values.Select(problem => Error("/kind", "unknown_step", problem))], null);
        }

        return (null, [Error(version is null ? "/kind" : "/version", "unknown_definition", await UnknownDefinitionAsync(kind, version, cancellationToken))], null);
    }

    private async Task<PlanResult> CheckListAsync(IReadOnlyList<string> list, CancellationToken cancellationToken)
    {
        var planned = StepList.ToPlan(list);
        if (!planned.IsAccepted)
            return planned;
        var problems = await UnknownStepsAsync(list, cancellationToken);
        return problems.Count == 0 ? planned : planned with
        {
            Plan = null,
            Errors = [.. list.Index().Where(step => problems.ContainsKey(step.Item)).Select(step => Error($"/steps/{step.Index}", "unknown_step", problems[step.Item]))],
        };
    }

    /// <summary>Reads a document. What it names is looked up between one reading and the next, because reading waits for nothing.</summary>
    private async Task<PlanResult> ReadAsync(Func<PlanReading, PlanResult> read, CancellationToken cancellationToken)
    {
        var known = new Dictionary<(string Kind, int? Version), JsonElement?>();
        IReadOnlyDictionary<string, string> unknownSteps = new Dictionary<string, string>(StringComparer.Ordinal);
        var lookedUp = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var asked = new HashSet<(string Kind, int? Version)>();
            var named = new HashSet<string>(StringComparer.Ordinal);
            var result = read(new PlanReading
            {
                StepProblem = step =>
                {
                    named.Add(step);
                    return unknownSteps.GetValueOrDefault(step);
                },
                Definitions = (kind, version) =>
                {
                    if (known.TryGetValue((kind, version), out var found))
                        return found;
                    asked.Add((kind, version));
                    return null;
                },
            });
            if (asked.Count == 0 && named.IsSubsetOf(lookedUp))
                return result;
            foreach (var (kind, version) in asked)
            {
                known[(kind, version)] = await definitions.FindAsync(kind, version, cancellationToken) is { } definition
                    ? StoredJson.Parse((await plans.GetAsync(definition.PlanHash, cancellationToken)).Json)
                    : null;
            }

            lookedUp.UnionWith(named);
            unknownSteps = await UnknownStepsAsync(lookedUp, cancellationToken);
            if (asked.Count == 0 && unknownSteps.Count == 0)
                return result;
        }
    }

    /// <summary>What is wrong with those of the names that nobody ever announced.</summary>
    private async Task<IReadOnlyDictionary<string, string>> UnknownStepsAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var unknown = await steps.FindUnknownAsync([.. names.Distinct(StringComparer.Ordinal)], cancellationToken);
        if (unknown.Count == 0)
            return new Dictionary<string, string>(StringComparer.Ordinal);
        var known = await steps.AllNamesAsync(cancellationToken);
        return unknown.ToDictionary(step => step, step => UnknownStep(step, known), StringComparer.Ordinal);
    }

    /// <summary>A child starts long after its parent was accepted, so what it follows is looked for now.</summary>
    private async Task<PlanResult> CheckChildrenAsync(PlanResult planned, string prefix, CancellationToken cancellationToken)
    {
        var errors = ImmutableArray.CreateBuilder<ProvisioningError>();
        foreach (var (kind, version) in planned.Plan!.Graphs.SelectMany(graph => graph.Nodes.OfType<ChildNode>())
            .Where(child => child.Definition is not null).Select(child => (child.Definition!, child.Version)).Distinct())
        {
            if (await definitions.FindAsync(kind, version, cancellationToken) is null)
                errors.Add(Error(prefix, "unknown_definition", await UnknownDefinitionAsync(kind, version, cancellationToken)));
        }

        return errors.Count == 0 ? planned : planned with { Plan = null, Errors = errors.ToImmutable() };
    }

    private static string UnknownStep(string step, IReadOnlyCollection<string> known)
    {
        var nearest = NearestStepNames.To(step, known);
        var remedy = nearest.Any() ? $"Did you mean {string.Join(" or ", nearest.Select(name => $"`{name}`"))}?"
            : known.Count == 0 ? "No step was announced yet: start a worker with the role `steps`."
            : "Start a worker that hosts it, or choose one of those `saga steps` lists.";
        return $"No worker has ever announced a step `{step}`. A plan may only name announced steps. {remedy}";
    }

    private async Task<string> UnknownDefinitionAsync(string kind, int? version, CancellationToken cancellationToken)
    {
        var known = await definitions.ListAsync(cancellationToken);
        var versions = known.Where(definition => definition.Kind == kind).Select(definition => definition.Version).Order().ToList();
        if (versions.Count > 0)
            return $"There is no version {version} of the definition `{kind}`. Registered are {string.Join(", ", versions)}. Choose one of them, or register it.";

        var nearest = NearestStepNames.To(kind, known.Select(definition => definition.Kind));
        var remedy = nearest.Any() ? $"Did you mean {string.Join(" or ", nearest.Select(name => $"`{name}`"))}?" : "Register it first; `saga definitions` lists what there is.";
        return $"No definition `{kind}` is registered. A start by kind follows a registered definition. {remedy}";
    }

    private static ProvisioningError Error(string pointer, string code, string message) => new() { Pointer = pointer, Code = code, Message = message };
}
