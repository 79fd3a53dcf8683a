using System.Net;
using Saga.Cli.Api;

namespace Saga.Cli.Commands;

/// <summary>Says where in a file the mistakes are that the server found in the plan it was sent.</summary>
internal static class PlanRefusal
{
    public static async Task<Answer<T>> ExplainAsync<T>(ClientSession session, PlanFile? plan, Func<Task<Answer<T>>> request, CancellationToken cancellation)
    {
        try
        {
            return await request();
        }
        catch (CommandFailedException failure) when (plan is not null && !session.Json && failure.Problem.Status == (int)HttpStatusCode.BadRequest)
        {
            // A plan is sent as JSON, which has lost the lines; checked as text it is refused for the same reasons, with them.
            Answer<PlanCheck> check = await session.Api.CheckPlanAsync(plan, cancellation);
            if (check.Value.IsValid)
                throw;
            throw plan.Refused(check.Value.Errors);
        }
    }
}
