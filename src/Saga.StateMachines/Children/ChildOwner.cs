using Microsoft.EntityFrameworkCore;
using Saga.Contracts;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.Children;

/// <summary>
/// Whose business it is to roll a child back. What a completed child did is part of what its parent did: taken back by itself, it would leave
/// the parent <c>completed</c> with something missing. Once the parent has ended otherwise, nobody but the caller takes it back.
/// </summary>
public static class ChildOwner
{
    /// <summary>Why the completed run must not be rolled back by itself; null when it may, also because its parent has just asked for it.</summary>
    public static async Task<ProvisioningError?> RefusalAsync(RunDbContext dbContext, Guid runId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(dbContext);
        var found = await dbContext.Runs.AsNoTracking()
            .Where(child => child.CorrelationId == runId)
            .Join(dbContext.Runs, child => child.ParentRunId, parent => parent.CorrelationId, (child, parent) => new
            {
                parent.CorrelationId,
                parent.CurrentState,
                parent.Dispatches,
                child.ParentNodeIndex,
                child.ParentNode,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return null;

        var status = Enum.Parse<RunStatus>(found.CurrentState);
        var isAsked = DispatchList.Parse(found.Dispatches).Any(dispatch => dispatch.Kind == DispatchKind.RollBackChild && dispatch.Node == found.ParentNodeIndex);
        return isAsked || status is RunStatus.RolledBack or RunStatus.Failed
            ? null
            : new ProvisioningError
            {
                Pointer = "/runId",
                Code = "child_of_run",
                Message = $"Run {runId} is the child of node `{found.ParentNode}` of run {found.CorrelationId}, which is {SnakeCase.From(found.CurrentState)}. "
                    + $"A child is rolled back with its parent, and by itself only after that has ended `rolled_back` or `failed`. {Remedy(status, found.CorrelationId)}",
            };
    }

    private static string Remedy(RunStatus parent, Guid parentId) => parent switch
    {
        RunStatus.Completed => $"Roll run {parentId} back.",
        RunStatus.Compensating => $"Wait: run {parentId} rolls it back when its turn has come.",
        _ => $"Cancel run {parentId}.",
    };
}
