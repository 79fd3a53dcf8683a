using Microsoft.EntityFrameworkCore;
using Saga.StateMachines.Persistence;

namespace Saga.Worker.Api;

/// <summary>The steps plans may name.</summary>
internal static class StepEndpoints
{
    public static void MapSteps(this IEndpointRouteBuilder api) =>
        api.MapGet("/steps", ListAsync).WithName("ListSteps").WithSummary("List every step a worker has announced").Produces<StepListView>();

    private static async Task<StepListView> ListAsync(RunDbContext dbContext, CancellationToken cancellationToken)
    {
        var steps = await dbContext.KnownSteps.AsNoTracking().OrderBy(step => step.Name).ToListAsync(cancellationToken);
        return new StepListView(steps.ConvertAll(step => new StepView(
            step.Name, step.Compensates, StoredJson.ParseOrNull(step.InputSchema), StoredJson.ParseOrNull(step.OutputSchema), step.LastAnnouncedAt)));
    }
}
