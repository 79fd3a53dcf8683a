using MassTransit;
using Microsoft.Extensions.Options;
using Saga.Contracts;
using Saga.EntityFrameworkCore.BusOutbox;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Signals;
using Saga.StateMachines.Starting;
using Saga.StateMachines.StateMachine;

namespace Saga.Worker.Api;

/// <summary>Sending signals to runs. The signal is stored before it is accepted, so it is not lost either.</summary>
internal static class SignalEndpoints
{
    public static void MapSignals(this IEndpointRouteBuilder api) =>
        api.MapPost("/runs/{id}/signals/{name}", SignalAsync).WithName("SignalRun").WithSummary("Tell a run that something happened")
            .Accepts<SignalRunRequest>(isOptional: true, "application/json")
            .Produces<RunView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    private static async Task<IResult> SignalAsync(
        HttpContext http,
        RunReader reader,
        ISendEndpointProvider sender,
        GroupSave<RunDbContext> save,
        IOptions<RunOptions> options,
        string id,
        string name,
        CancellationToken cancellationToken)
    {
        var (request, badBody) = await RequestBody.ReadAsync(http, BodyLimit.OfSignal(options.Value.MaxInputBytes), empty: new SignalRunRequest());
        if (request is null)
            return badBody!;
        var (run, problem) = await RunEndpoints.FindAsync(reader, id, cancellationToken);
        if (run is null)
            return problem!;

        var signal = new SignalProvisioning { RunId = run.Id, Name = name, Payload = request.Payload, DedupKey = request.DedupKey, By = request.By };
        if (SignalRefusal.Of(signal, options.Value) is { } wrong)
            return Problems.SignalRefused(wrong.Code == SignalRefusal.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, wrong);
        if (run.Status is not ("pending" or "running"))
            return Problems.SignalRefused(StatusCodes.Status409Conflict, SignalRefusal.Ended(run.Id, run.Status, name));

        if (run.Signals.Count >= RunEngine.MaxInbox && !run.WaitingOn.Any(wait => wait.Signals?.Contains(name, StringComparer.Ordinal) == true))
            return Problems.SignalRefused(StatusCodes.Status409Conflict, SignalRefusal.InboxFull(run.Id, name));

        var warning = await reader.ForecastAsync(run.Id, name, cancellationToken);
        var runs = await sender.GetSendEndpoint(SagaQueues.Runs);
        await runs.Send(signal, cancellationToken);
        await save.SaveChangesAsync(cancellationToken);
        return TypedResults.Accepted($"/api/runs/{run.Id}", run with { Warning = warning });
    }
}
