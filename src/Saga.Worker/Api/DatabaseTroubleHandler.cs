using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Saga.EntityFrameworkCore.Databases;
using Saga.StateMachines.Persistence;

namespace Saga.Worker.Api;

/// <summary>Answers a request that failed because of the database, and not because of what it asks for, with 503 and what the database said.</summary>
internal sealed class DatabaseTroubleHandler(DatabaseWatch<RunDbContext> watch) : IExceptionHandler
{
    private static readonly TimeSpan _retryAfter = TimeSpan.FromSeconds(5);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (DatabaseTrouble.Of(exception) is not { } trouble)
            return false;

        watch.Note(exception);
        httpContext.Response.Headers.RetryAfter = _retryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        await Problems.DatabaseInTrouble(trouble).ExecuteAsync(httpContext);
        return true;
    }
}
