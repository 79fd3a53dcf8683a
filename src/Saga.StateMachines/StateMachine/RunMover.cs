using MassTransit;
using Microsoft.Extensions.Logging;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;

namespace Saga.StateMachines.StateMachine;

/// <summary>
/// The bridge between the state machine and the engine: reads the plan, asks the engine, and takes over what it decided into the run's row
/// and its ledger. One for each message.
/// </summary>
public sealed class RunMover(PlanStore plans, RunLedger ledger, StepCommands commands, RunMetrics metrics, TimeProvider clock, ILogger<RunMover> logger)
{
    /// <summary>What the engine decided for this message.</summary>
    public Decision? Decision { get; private set; }

    /// <summary>The moment it decided for: the run and its ledger tell the same time.</summary>
    public DateTimeOffset DecidedAt { get; private set; }

    private Plan? _plan;

    /// <summary>Lets the engine decide and takes the decision over, except for its status and its commands.</summary>
    public async Task ApplyAsync(Run run, RunEvent runEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(runEvent);
        _plan = await plans.GetAsync(run.PlanHash, cancellationToken);
        DecidedAt = clock.GetUtcNow();
        Decision = RunEngine.Apply(_plan, run.ToState(), runEvent, DecidedAt);
        if (Decision.Ignored is { } reason)
        {
            Ignore(run, runEvent.GetType().Name, reason);
            return;
        }

        run.Take(Decision.State);
        if (Decision.Put is { Count: > 0 } put)
            run.Context = RunContext.Merge(run.Context, put);
        ledger.Apply(run.CorrelationId, _plan, Decision.Ledger);
    }

    /// <summary>Sends the commands of the decision.</summary>
    public Task SendCommandsAsync(Run run, ISendEndpointProvider endpoints, CancellationToken cancellationToken) =>
        commands.SendAsync(run, _plan!, Decision!.Commands, endpoints, cancellationToken);

    /// <summary>Counts and logs a message that changes nothing.</summary>
    public void Ignore(Run run, string what, IgnoredBecause reason)
    {
        ArgumentNullException.ThrowIfNull(run);
        metrics.Ignored(what, reason);
        logger.Ignored(run.CorrelationId, what, run.CurrentState, reason);
    }
}
