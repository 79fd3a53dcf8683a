using Microsoft.EntityFrameworkCore;
using Saga.Contracts;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.Children;

/// <summary>How deep children nest. A definition that names itself would start one inside the other without end.</summary>
internal static class ChildLevels
{
    /// <summary>The most runs above a child.</summary>
    public const int Most = 32;

    /// <summary>Why a child of that run must not begin, or null.</summary>
    public static async Task<ProvisioningError?> ProblemAsync(RunDbContext dbContext, ParentRun parent, CancellationToken cancellationToken)
    {
        // Counted no further than it matters.
        var levels = await dbContext.Database.SqlQuery<int>($"""
            WITH RECURSIVE above (id, level) AS (
                SELECT id, 1 FROM saga_runs WHERE id = {parent.RunId}
                UNION ALL
                SELECT run.parent_run_id, above.level + 1 FROM saga_runs run JOIN above ON run.id = above.id
                WHERE run.parent_run_id IS NOT NULL AND above.level <= {Most})
            SELECT level AS "Value" FROM above
            """).ToListAsync(cancellationToken);
        return levels.Count <= Most
            ? null
            : new ProvisioningError
            {
                Pointer = "/parent",
                Code = "too_many_levels",
                Message = $"The child would have more than {Most} runs above it, each the child of the next. Children nest at most {Most} levels deep. "
                    + "Let a definition that names itself stop: put its child into a route whose condition comes to an end.",
            };
    }
}
