using System.Globalization;
using MassTransit;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Saga.Contracts;
using Saga.EntityFrameworkCore.BusOutbox;
using Saga.EntityFrameworkCore.Databases;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Resuming;
using Saga.StateMachines.Starting;
using Saga.StateMachines.StateMachine;

namespace Saga.Worker.Api;

/// <summary>Starting and reading runs.</summary>
internal static class RunEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 500;

    // In place of an id: the latest run with that business key.
    private const string KeyPrefix = "key:";

    private static readonly string[] _statuses = [.. Enum.GetNames<RunStatus>().Select(SnakeCase.From)];

    public static void MapRuns(this IEndpointRouteBuilder api)
    {
        api.MapPost("/runs", StartAsync).WithName("StartRun").WithSummary("Start a run")
            .Accepts<StartRunRequest>("application/json")
            .Produces<RunView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        api.MapGet("/runs", ListAsync).WithName("ListRuns").WithSummary("List runs, newest first")
            .Produces<RunListView>().ProducesProblem(StatusCodes.Status400BadRequest);
        api.MapGet("/runs/{id}", ShowAsync).WithName("ShowRun").WithSummary("Show a run, by its id or the unique beginning of it")
            .Produces<RunView>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    /// <summary>The one run an id means, or why there is none.</summary>
    public static async Task<(RunView? Run, IResult? Problem)> FindAsync(RunReader reader, string id, CancellationToken cancellationToken)
    {
        if (id.StartsWith(KeyPrefix, StringComparison.Ordinal))
        {
            var key = id[KeyPrefix.Length..];
            return await reader.FindByKeyAsync(key, cancellationToken) is { } latest
                ? (await reader.ReadAsync(latest, cancellationToken), null)
                : (null, Problems.UnknownKey(key));
        }

        var found = RunIdPrefix.TryParse(id, out var prefix) ? await reader.FindAsync(prefix, cancellationToken) : [];
        if (found.Count > 1)
            return (null, Problems.Ambiguous(id, found));
        var run = found.Count == 1 ? await reader.ReadAsync(found[0], cancellationToken) : null;
        return run is null ? (null, Problems.UnknownRun(id)) : (run, null);
    }

    private static async Task<IResult> StartAsync(
        HttpContext http,
        RunAdmission admission,
        RunDbContext dbContext,
        ISendEndpointProvider sender,
        IPublishEndpoint publisher,
        GroupSave<RunDbContext> save,
        RunReader reader,
        IOptions<RunOptions> options,
        CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadAsync<StartRunRequest>(http, BodyLimit.OfStart(options.Value.MaxInputBytes));
        if (body is null)
            return problem!;

        var start = new StartProvisioning
        {
            RunId = body.RunId ?? Guid.CreateVersion7(),
            Kind = body.Kind,
            Version = body.Version,
            Steps = body.Steps,
            Plan = body.Plan,
            Input = body.Input,
            CorrelationKey = body.CorrelationKey,
            CorrelationScope = body.CorrelationScope,
        };
        var admitted = await admission.CheckAsync(start, cancellationToken);
        if (!admitted.IsAccepted)
        {
            // What was accepted stays accepted, although a limit may have become stricter since, or the body may be another.
            if (body.RunId is { } id && await reader.ReadAsync(id, cancellationToken) is { } known)
                return Accepted(known);
            return admitted.Occupant is { } occupant ? Problems.Occupied(occupant, admitted.Errors) : Problems.Refused(admitted.Errors);
        }

        // The run and the message that begins it are committed together: from here on the run reaches its end whatever happens to this process.
        var run = new Run { CurrentState = nameof(RunStatus.Pending) };
        await admission.AcceptAsync(run, start, admitted, cancellationToken);
        save.Insert(run);
        var runs = await sender.GetSendEndpoint(SagaQueues.Runs);
        await runs.Send(new WakeRun { RunId = start.RunId }, cancellationToken);
        await publisher.Publish(new ProvisioningAccepted { RunId = start.RunId, AcceptedAt = run.CreatedAt }, cancellationToken);
        try
        {
            await save.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (DatabaseFailure.IsConflict(exception))
        {
            dbContext.ChangeTracker.Clear();

            // The same run was started before: it stays that run. Or another took its key just now.
            if (await reader.ReadAsync(start.RunId, cancellationToken) is { } same)
                return Accepted(same);
            var refused = await admission.CheckAsync(start, cancellationToken);
            if (refused.Occupant is not { } occupant)
                throw;
            return Problems.Occupied(occupant, refused.Errors);
        }

        return Accepted(RunViews.Of(run, admitted.Plan, ledger: [], signals: [], faults: []));
    }

    private static async Task<IResult> ListAsync(
        RunReader reader, string? status, string? faulted, string? before, string? limit, CancellationToken cancellationToken)
    {
        if (status is not null && !_statuses.Contains(status, StringComparer.Ordinal))
            return Problems.BadParameter("status", $"`status` is `{status}`. It must be one of {string.Join(", ", _statuses)}.");
        bool? hasFaults = null;
        if (faulted is not null)
        {
            if (!bool.TryParse(faulted, out var parsed))
                return Problems.BadParameter("faulted", $"`faulted` is `{faulted}`. It must be `true` or `false`; leave it out for all runs.");
            hasFaults = parsed;
        }

        var size = DefaultLimit;
        if (limit is not null && !(int.TryParse(limit, CultureInfo.InvariantCulture, out size) && size is >= 1 and <= MaxLimit))
            return Problems.BadParameter("limit", $"`limit` is `{limit}`. It must be from 1 to {MaxLimit}; leave it out for {DefaultLimit}.");

        RunCursor? cursor = null;
        if (before is not null && !RunCursor.TryParse(before, out cursor))
            return Problems.BadParameter("before", $"`before` is `{before}`. It must be the `next` of the page before.");

        var state = status is null ? null : SnakeCase.ToPascalCase(status);
        return TypedResults.Ok(await reader.ListAsync(state, hasFaults, cursor, size, cancellationToken));
    }

    private static async Task<IResult> ShowAsync(RunReader reader, string id, CancellationToken cancellationToken)
    {
        var (run, problem) = await FindAsync(reader, id, cancellationToken);
        return problem ?? TypedResults.Ok(run);
    }

    private static Accepted<RunView> Accepted(RunView run) => TypedResults.Accepted($"/api/runs/{run.Id}", run);
}
