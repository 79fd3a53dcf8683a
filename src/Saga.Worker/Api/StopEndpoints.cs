using MassTransit;
using Microsoft.AspNetCore.Mvc;
using Saga.Contracts;
using Saga.EntityFrameworkCore.BusOutbox;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.StateMachine;

namespace Saga.Worker.Api;

/// <summary>Cancelling runs and rolling them back. The command is stored before it is accepted, so it is not lost either.</summary>
internal static class StopEndpoints
{
    public static void MapStops(this IEndpointRouteBuilder api)
    {
        api.MapPost("/runs/{id}/cancel", CancelAsync).WithName("CancelRun").WithSummary("Stop a run and compensate what it did")
            .Accepts<StopRunRequest>(isOptional: true, "application/json")
            .Produces<RunView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        api.MapPost("/runs/{id}/rollback", RollBackAsync).WithName("RollBackRun").WithSummary("Compensate everything a completed run did")
            .Accepts<StopRunRequest>(isOptional: true, "application/json")
            .Produces<RunView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static Task<IResult> CancelAsync([AsParameters] StopCall call) =>
        StopAsync(
            call,
            run => run.Status switch
            {
                "pending" or "running" => Stop.Send,
                "compensating" => Stop.UnderWay,
                "completed" => Stop.Refuse($"Run {run.Id} is completed, so there is nothing to cancel. Roll it back to compensate what it did."),
                _ => Stop.Refuse($"Run {run.Id} has ended {run.Status}, so there is nothing to cancel."),
            },
            run => run with { CancelRequested = true },
            (runId, request) => new CancelProvisioning { RunId = runId, By = request.By, Reason = request.Reason },
            _ => Task.FromResult<ProvisioningError?>(null));

    private static Task<IResult> RollBackAsync([AsParameters] StopCall call) =>
        StopAsync(
            call,
            run => run.Status switch
            {
                "completed" => Stop.Send,
                "compensating" or "rolled_back" => Stop.UnderWay,
                "pending" or "running" => Stop.Refuse($"Run {run.Id} is {run.Status}. Only a completed run is rolled back; cancel it instead."),
                _ => Stop.Refuse($"Run {run.Id} has ended {run.Status}: it has walked back already, and what remains is listed in its error."),
            },
            run => run,
            (runId, request) => new RollBackProvisioning { RunId = runId, By = request.By, Reason = request.Reason },
            run => call.Reader.RollBackRefusalAsync(run, call.CancellationToken));

    private static async Task<IResult> StopAsync<TCommand>(
        StopCall call,
        Func<RunView, Stop> decide,
        Func<RunView, RunView> after,
        Func<Guid, StopRunRequest, TCommand> command,
        Func<RunView, Task<ProvisioningError?>> refusal)
        where TCommand : class
    {
        var (request, badBody) = await RequestBody.ReadAsync(call.Http, BodyLimit.OfStop, empty: new StopRunRequest());
        if (request is null)
            return badBody!;
        var (run, problem) = await RunEndpoints.FindAsync(call.Reader, call.Id, call.CancellationToken);
        if (run is null)
            return problem!;

        var decision = decide(run);
        if (decision.Refusal is { } why)
            return Problems.CannotStop(why);
        if (await refusal(run) is { } refused)
            return Problems.CannotStop(refused);
        if (!decision.Sends)
            return TypedResults.Accepted($"/api/runs/{run.Id}", run);

        var runs = await call.Sender.GetSendEndpoint(SagaQueues.Runs);
        await runs.Send(command(run.Id, request), call.CancellationToken);
        await call.Save.SaveChangesAsync(call.CancellationToken);
        return TypedResults.Accepted($"/api/runs/{run.Id}", after(run));
    }

    /// <summary>A request to stop a run, and what it takes to answer it.</summary>
    private sealed record StopCall(
        [FromRoute(Name = "id")] string Id,
        HttpContext Http,
        RunReader Reader,
        ISendEndpointProvider Sender,
        GroupSave<RunDbContext> Save,
        CancellationToken CancellationToken);

    /// <summary>What to do with a request to stop.</summary>
    private sealed record Stop(bool Sends, string? Refusal = null)
    {
        public static readonly Stop Send = new(Sends: true);

        // What is asked for is happening or has happened, so there is nothing to send.
        public static readonly Stop UnderWay = new(Sends: false);

        public static Stop Refuse(string why) => new(Sends: false, why);
    }
}
