using System.Text.Json;
using Saga.StateMachines.Definitions;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Starting;

namespace Saga.Worker.Api;

/// <summary>Registering definitions and reading them.</summary>
internal static class DefinitionEndpoints
{
    public static void MapDefinitions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/definitions", ListAsync).WithName("ListDefinitions").WithSummary("List the registered definitions").Produces<DefinitionListView>();
        api.MapGet("/definitions/{kind}/{version:int}", ShowAsync).WithName("ShowDefinition").WithSummary("Show a definition with its plan")
            .Produces<DefinitionView>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPut("/definitions/{kind}/{version:int}", RegisterAsync).WithName("RegisterDefinition")
            .WithSummary("Register a plan document, JSON or YAML, under a kind and a version; again is harmless")
            .Accepts<JsonElement>("application/json", "application/yaml")
            .Produces<DefinitionView>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> ListAsync(DefinitionStore definitions, CancellationToken cancellationToken) =>
        TypedResults.Ok(new DefinitionListView([.. (await definitions.ListAsync(cancellationToken)).Select(definition => ViewOf(definition))]));

    private static async Task<IResult> ShowAsync(DefinitionStore definitions, PlanStore plans, string kind, int version, CancellationToken cancellationToken)
    {
        var found = await definitions.FindAsync(kind, version, cancellationToken);
        return found is null
            ? Problems.UnknownDefinition(kind, version)
            : TypedResults.Ok(ViewOf(found, await plans.GetAsync(found.PlanHash, cancellationToken)));
    }

    private static async Task<IResult> RegisterAsync(
        HttpContext http, DefinitionStore definitions, PlanAdmission planning, string kind, int version, CancellationToken cancellationToken)
    {
        var (text, problem) = await PlanBody.ReadAsync(http);
        if (text is null)
            return problem!;
        if (DefinitionName.Problem(kind, version) is { } wrong)
            return Problems.PlanRefused([wrong]);
        var planned = await planning.CheckTextAsync(text, PlanBody.IsJson(http), (kind, version), cancellationToken);
        if (!planned.IsAccepted)
            return Problems.PlanRefused(planned.Errors);
        var registered = await definitions.RegisterAsync(kind, version, planned.Plan, cancellationToken);
        return registered.PlanHash == planned.Plan.Hash ? TypedResults.Ok(ViewOf(registered, planned.Plan)) : Problems.VersionTaken(kind, version);
    }

    private static DefinitionView ViewOf(StoredDefinition definition, Plan? plan = null) => new()
    {
        Kind = definition.Kind,
        Version = definition.Version,
        PlanHash = definition.PlanHash,
        CreatedAt = definition.CreatedAt,
        Plan = plan is null ? null : StoredJson.Parse(plan.Json),
    };
}
