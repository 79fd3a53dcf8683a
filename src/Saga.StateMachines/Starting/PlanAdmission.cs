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

        // The plan of a child stands in that of its parent, which was accepted with it, perhaps by an earlier release.
        var planned = start.Plan is { } document
            ? await ReadAsync(reading => PlanReader.Read(document, reading with { Prefix = "/plan", WasAccepted = start.Parent is not null }), null, cancellationToken)
            : await CheckListAsync(start.Steps!, cancellationToken);
        return (planned.Plan, planned.Errors, null);
    }

    /// <summary>Checks a document as a start would, without starting anything.</summary>
    public Task<PlanResult> CheckAsync(JsonElement document, string prefix, CancellationToken cancellationToken) =>
        ReadAsync(reading => PlanReader.Read(document, reading with { Prefix = prefix }), null, cancellationToken);

    /// <summary>The same for the text of a document, so that errors name lines.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isJson">Whether it is JSON by name.</param>
    /// <param name="own">The definition that it is to be registered as, which may name itself as a child; null when it is not.</param>
    /// <param name="cancellationToken">Ends the checking.</param>
    public Task<PlanResult> CheckTextAsync(string text, bool isJson, (string Kind, int Version)? own, CancellationToken cancellationToken)
    {
        // The text is parsed once, however often what it says is read.
        var document = DocumentText.Read(text, isJson);
        return ReadAsync(reading => PlanReader.Read(document, reading), own, cancellationToken);
    }

    private static int Named(StartProvisioning start) => (start.Kind is null ? 0 : 1) + (start.Steps is null ? 0 : 1) + (start.Plan is null ? 0 : 1);

    private async Task<(Plan? Plan, ImmutableArray<ProvisioningError> Errors, int? Version)> FollowAsync(string kind, int? version, CancellationToken cancellationToken)
    {
        if (await definitions.FindAsync(kind, version, cancellationToken) is { } found)
        {
            // A definition may be registered before the workers of its steps first started.
            var plan = await plans.GetAsync(found.PlanHash, cancellationToken);
            if (plan.Graphs.Any(graph => graph.Nodes.Any(node => node is ChildNode { Document: not null })))
            {
                var unknown = await UnknownInsideAsync(plan, cancellationToken);
                return (unknown.IsEmpty ? plan : null, unknown, found.Version);
            }

            var problems = await UnknownSteps.FindAsync(steps, plan.Graphs.SelectMany(graph => graph.Nodes.OfType<StepNode>()).Select(node => node.Step), cancellationToken);
            return problems.Count == 0
                ? (plan, [], found.Version)
                : (null, [.. problems.Values.Select(problem => Error("/kind", "unknown_step", problem))], null);
        }

        return (null, [Error(version is null ? "/kind" : "/version", "unknown_definition", await UnknownDefinitionAsync(kind, version, cancellationToken))], null);
    }

    /// <summary>What a stored plan names that is not there, the plans of its children included. What else is wrong with it was found, or was right, when it was registered.</summary>
    private async Task<ImmutableArray<ProvisioningError>> UnknownInsideAsync(Plan plan, CancellationToken cancellationToken)
    {
        var document = StoredJson.Parse(plan.Json);
        var planned = await ReadAsync(reading => PlanReader.Read(document, reading with { WasAccepted = true }), null, cancellationToken);
        return [.. planned.Errors.Where(error => error.Code is "unknown_step" or "unknown_definition").Select(error => error with { Pointer = "/kind" }).Distinct()];
    }

    private async Task<PlanResult> CheckListAsync(IReadOnlyList<string> list, CancellationToken cancellationToken)
    {
        var planned = StepList.ToPlan(list);
        if (!planned.IsAccepted)
            return planned;
        var problems = await UnknownSteps.FindAsync(steps, list, cancellationToken);
        return problems.Count == 0 ? planned : planned with
        {
            Plan = null,
            Errors = [.. list.Index().Where(step => problems.ContainsKey(step.Item)).Select(step => Error($"/steps/{step.Index}", "unknown_step", problems[step.Item]))],
        };
    }

    private async Task<PlanResult> ReadAsync(Func<PlanReading, PlanResult> read, (string Kind, int Version)? own, CancellationToken cancellationToken)
    {
        var named = new NamedInPlans(steps, definitions, plans, own);
        PlanResult result;
        do
            result = read(named.Reading);
        while (await named.LookUpAsync(cancellationToken));
        return result;
    }

    private async Task<string> UnknownDefinitionAsync(string kind, int? version, CancellationToken cancellationToken) =>
        UnknownDefinition.Explain(kind, version, [.. (await definitions.ListAsync(cancellationToken)).Select(known => (known.Kind, known.Version))]);

    private static ProvisioningError Error(string pointer, string code, string message) => new() { Pointer = pointer, Code = code, Message = message };
}
