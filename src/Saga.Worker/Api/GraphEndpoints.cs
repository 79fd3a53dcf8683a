using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Saga.StateMachines.Definitions;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Pictures;

namespace Saga.Worker.Api;

/// <summary>Runs and definitions as pictures, in DOT.</summary>
internal static class GraphEndpoints
{
    private const string MediaType = "text/vnd.graphviz";

    public static void MapGraphs(this IEndpointRouteBuilder api)
    {
        api.MapGet("/runs/{id}/graph", DrawRunAsync).WithName("DrawRun").WithSummary("Draw a run as it is now, for Graphviz")
            .Produces<string>(StatusCodes.Status200OK, MediaType).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapGet("/definitions/{kind}/{version:int}/graph", DrawDefinitionAsync).WithName("DrawDefinition").WithSummary("Draw a definition, for Graphviz")
            .Produces<string>(StatusCodes.Status200OK, MediaType).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> DrawRunAsync(RunReader reader, RunDbContext dbContext, PlanStore plans, string id, CancellationToken cancellationToken)
    {
        var (found, problem) = await RunEndpoints.FindAsync(reader, id, cancellationToken);
        if (found is null)
            return problem!;

        // The blocks that name the nodes are in the row, which the view has not; it is read again, so its ledger has to be, too.
        var run = await dbContext.Runs.AsNoTracking().SingleAsync(run => run.CorrelationId == found.Id, cancellationToken);
        var statuses = await dbContext.Ledger.AsNoTracking().Where(row => row.RunId == found.Id)
            .ToDictionaryAsync(row => row.NodeIndex, row => row.Status, cancellationToken);
        var state = run.ToState();
        return Picture(RunPicture.Of(
            $"run {found.Id} {SnakeCase.From(run.CurrentState)}", await plans.GetAsync(run.PlanHash, cancellationToken), state.Blocks, statuses));
    }

    private static async Task<IResult> DrawDefinitionAsync(
        DefinitionStore definitions, PlanStore plans, string kind, int version, CancellationToken cancellationToken) =>
        await definitions.FindAsync(kind, version, cancellationToken) is { } found
            ? Picture(PlanPicture.Of(await plans.GetAsync(found.PlanHash, cancellationToken)))
            : Problems.UnknownDefinition(kind, version);

    private static ContentHttpResult Picture(string dot) => TypedResults.Text(dot, MediaType, Encoding.UTF8);
}
