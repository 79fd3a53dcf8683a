using MassTransit;
using Microsoft.Extensions.Options;
using Saga.StateMachines.Children;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Signals;
using Saga.StateMachines.Starting;
using Saga.StateMachines.Waking;

namespace Saga.StateMachines.StateMachine;

/// <summary>
/// The bridge between the state machine and the engine: reads the plan and the values the engine asks for, and takes over what it decided into
/// the run's row and its ledger. One for each message.
/// </summary>
public sealed class RunMover(
    PlanStore plans,
    RunLedger ledger,
    SignalInbox inbox,
    StepCommands commands,
    WakeAlarm alarm,
    RunNotes notes,
    TimeProvider clock,
    IOptions<RunOptions> options)
{
    /// <summary>What the engine decided for this message.</summary>
    public Decision? Decision { get; private set; }

    /// <summary>The moment it decided for: the run and its ledger tell the same time.</summary>
    public DateTimeOffset DecidedAt { get; private set; }

    private RunShape? _shape;

    /// <summary>Lets the engine decide and takes the decision over, except for its status and its commands.</summary>
    public async Task ApplyAsync(Run run, RunEvent runEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(runEvent);
        var plan = await plans.GetAsync(run.PlanHash, cancellationToken);
        var before = run.ToState();
        DecidedAt = clock.GetUtcNow();
        Decision = await DecideAsync(run, plan, before, runEvent, cancellationToken);
        _shape = new RunShape(plan, Decision.State.Blocks);
        if (Decision.Ignored is { } reason)
        {
            Ignore(run, runEvent.GetType().Name, reason);
            return;
        }

        run.Take(Decision.State);
        run.Context = Decision.Context ?? run.Context;
        run.Output = Decision.Output?.GetRawText() ?? run.Output;
        ledger.Apply(run, before, _shape, Decision.Ledger);
        if (Decision.State.Status.IsEnd())
            run.Memory = RunMemory.Empty;
        inbox.Store(run, Decision, DecidedAt);
        if (runEvent is RunEvent.Signal { Received: var received } && Decision.Consumed.All(taken => taken.Signal != received.Number)
            && SignalForecast.Warning(received.Name, plan, Decision.State) is { } warning)
        {
            notes.SignalUnwanted(run.CorrelationId, received.Name, warning);
        }

        if (Decision.OutputLost is var (code, message))
            notes.OutputLost(run.CorrelationId, code, message);
        Announce(Decision.Ledger);
    }

    /// <summary>Goes on with a node whose moment has come. Whoever says so too early is not believed: the node waits, and is woken in time.</summary>
    public async Task WakeAsync(Run run, RunEvent.Due due, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(due);
        if (await ledger.WaitsLongerAsync(run.CorrelationId, due.Node, due.DispatchId, clock.GetUtcNow(), cancellationToken))
            Ignore(run, nameof(RunEvent.Due), IgnoredBecause.TooEarly);
        else
            await ApplyAsync(run, due, cancellationToken);
    }

    /// <summary>Sends the commands of the decision.</summary>
    public async Task SendCommandsAsync(Run run, ISendEndpointProvider endpoints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        await commands.SendAsync(run, _shape!, Decision!.Commands, endpoints, cancellationToken);
        if (!Decision.ChildrenToCancel.IsEmpty)
            await ChildCommands.CancelAsync(run, Decision.ChildrenToCancel, await endpoints.GetSendEndpoint(SagaQueues.Runs), cancellationToken);
    }

    /// <summary>Counts and logs a message that changes nothing.</summary>
    public void Ignore(Run run, string what, IgnoredBecause reason)
    {
        ArgumentNullException.ThrowIfNull(run);
        notes.Ignored(run, what, reason);
    }

    private async Task<Decision> DecideAsync(Run run, Plan plan, RunState before, RunEvent runEvent, CancellationToken cancellationToken)
    {
        var values = new RunValues(run.CorrelationId, run.Input, run.Context) { Limits = options.Value.ToLimits() };
        var shape = new RunShape(plan, before.Blocks);
        while (true)
        {
            var decision = RunEngine.Apply(plan, before, runEvent, DecidedAt, values);
            if (decision.Needs.AreMet)
                return decision;
            await AddAsync(run, values, decision.Needs, shape.ItemsAfter(decision.Needs.Nodes, before.Nodes), cancellationToken);
        }
    }

    private async Task AddAsync(Run run, RunValues values, Needs needs, IEnumerable<int> soon, CancellationToken cancellationToken)
    {
        if (needs.Inbox)
            values.Inbox = await inbox.ReadAsync(run.CorrelationId, cancellationToken);
        if (needs.Nodes.IsEmpty)
            return;

        var data = await ledger.ReadAsync(run, needs.Nodes, soon, cancellationToken);
        foreach (var node in needs.Nodes)
        {
            // A row that is not there is as good as an empty one: asking again would not bring it.
            var known = data.GetValueOrDefault(node);
            values.Add(node, StoredJson.ParseOrNull(known?.Input), StoredJson.ParseOrNull(known?.Output));
        }
    }

    // A moment that is not stored is none.
    private void Announce(IEnumerable<LedgerChange> changes)
    {
        foreach (var change in changes)
        {
            var moment = change switch
            {
                LedgerChange.NodeRetrying retrying => retrying.WakeAt,
                LedgerChange.NodeWaiting { WakeAt: { } end } => end,
                LedgerChange.CompensationRetrying retrying => retrying.WakeAt,
                _ => DateTimeOffset.MaxValue,
            };
            if (moment != DateTimeOffset.MaxValue)
                notes.AfterCommit(() => alarm.RingAt(moment));
        }
    }
}
