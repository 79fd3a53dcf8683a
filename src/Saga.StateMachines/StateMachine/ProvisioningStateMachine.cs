using MassTransit;
using Saga.Contracts;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Resuming;

namespace Saga.StateMachines.StateMachine;

/// <summary>
/// A run's life as a transition table. It only correlates, asks the engine, sends what the engine returned, and follows it to the next state;
/// every pair of state and event is named here, handled or ignored.
/// </summary>
public sealed class ProvisioningStateMachine : MassTransitStateMachine<Run>
{
    /// <summary>Builds the table.</summary>
    public ProvisioningStateMachine()
    {
        InstanceState(run => run.CurrentState);
        Event(() => StartProvisioning, start =>
        {
            // Most starts are of new runs, so nobody looks for an old one first; the primary key finds a repeat.
            start.CorrelateById(context => context.Message.RunId);
            start.InsertOnInitial = true;
            start.SetSagaFactory(context => new Run { CorrelationId = context.Message.RunId });
        });
        Event(() => CancelProvisioning, cancel => cancel.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.IsRefused()));
        Event(() => RollBackProvisioning, rollBack => rollBack.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.IsRefused()));
        Event(() => StepCompleted, answer => answer.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.IsDropped()));
        Event(() => StepFailed, answer => answer.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.IsDropped()));
        Event(() => StepCompensated, answer => answer.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.IsDropped()));
        Event(() => StepCompensationFailed, answer => answer.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.IsDropped()));
        Event(() => WakeRun, wake => wake.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.Discard()));

        Initially(
            When(StartProvisioning)
                .Check()
                .IfElse(IsRefused,
                    refused => refused
                        .PublishRejected()
                        .Finalize(),
                    accepted => accepted
                        .Accept()
                        .TransitionTo(Pending)
                        .PublishAccepted()
                        .Begin()
                        .SendCommands()
                        .Follow(Running)));

        During(Pending,
            When(StartProvisioning).Begin().SendCommands().Follow(Running),
            When(WakeRun).Begin().SendCommands().Follow(Running),
            When(CancelProvisioning).Cancel().Follow(RolledBack),
            Ignored(RollBackProvisioning, IgnoredBecause.NotCompleted));

        During(Running,
            When(StepCompleted).Record().SendCommands().Follow(Completed, Compensating),
            When(StepFailed).Record().SendCommands().Follow(Compensating, RolledBack),
            // Something is always in flight while it runs: its answer is where the cancel is seen.
            When(CancelProvisioning).Cancel().Stay(),
            When(WakeRun).Wake().SendCommands().Stay(),
            Ignored(StartProvisioning, IgnoredBecause.AlreadyBegun),
            Ignored(RollBackProvisioning, IgnoredBecause.NotCompleted));

        During(Compensating,
            When(StepCompensated).Record().SendCommands().Follow(RolledBack, Failed),
            When(StepCompensationFailed).Record().SendCommands().Follow(Failed),
            // A late success: it did run after all, so it must be compensated too.
            When(StepCompleted).Record().SendCommands().Stay(),
            // The repeat of a failure that is known.
            When(StepFailed).Record().Stay(),
            When(WakeRun).Wake().SendCommands().Stay(),
            Ignored(StartProvisioning, IgnoredBecause.AlreadyBegun),
            Ignored(CancelProvisioning, IgnoredBecause.AlreadyCompensating),
            Ignored(RollBackProvisioning, IgnoredBecause.AlreadyCompensating));

        During(Completed,
            When(RollBackProvisioning).RollBack().SendCommands().Follow(Compensating));

        During([RolledBack, Failed],
            Ignored(RollBackProvisioning, IgnoredBecause.RunEnded));

        During([Completed, RolledBack, Failed],
            Ignored(StartProvisioning, IgnoredBecause.RunEnded),
            Ignored(CancelProvisioning, IgnoredBecause.RunEnded),
            Ignored(WakeRun, IgnoredBecause.RunEnded),
            Ignored(StepCompleted, IgnoredBecause.RunEnded),
            Ignored(StepFailed, IgnoredBecause.RunEnded));

        // Nothing was dispatched yet, or nothing to compensate: such an answer belongs to no dispatch.
        During(Pending,
            Ignored(StepCompleted, IgnoredBecause.StaleDispatch),
            Ignored(StepFailed, IgnoredBecause.StaleDispatch));
        During([Pending, Running, Completed, RolledBack, Failed],
            Ignored(StepCompensated, IgnoredBecause.StaleDispatch),
            Ignored(StepCompensationFailed, IgnoredBecause.StaleDispatch));

        WhenEnter(Running, run => run.NoteStart().PublishStarted());
        WhenEnter(Compensating, run => run.NoteWalkBack());
        WhenEnter(Completed, run => run.NoteEnd().PublishCompleted());
        WhenEnter(RolledBack, run => run.NoteEnd().PublishRolledBack());
        WhenEnter(Failed, run => run.NoteEnd().PublishFailed());

        // A refused start leaves nothing behind: only refusals are finalized.
        SetCompletedWhenFinalized();
    }

    /// <summary>Accepted and stored, not begun.</summary>
    public State Pending { get; private set; } = null!;

    /// <summary>Walking forward.</summary>
    public State Running { get; private set; } = null!;

    /// <summary>Walking back.</summary>
    public State Compensating { get; private set; } = null!;

    /// <summary>Ended: every node completed.</summary>
    public State Completed { get; private set; } = null!;

    /// <summary>Ended: everything that happened was compensated.</summary>
    public State RolledBack { get; private set; } = null!;

    /// <summary>Ended: something could not be compensated.</summary>
    public State Failed { get; private set; } = null!;

    /// <summary>Somebody wants a run.</summary>
    public Event<StartProvisioning> StartProvisioning { get; private set; } = null!;

    /// <summary>Somebody wants it stopped.</summary>
    public Event<CancelProvisioning> CancelProvisioning { get; private set; } = null!;

    /// <summary>Somebody wants what a completed run did compensated.</summary>
    public Event<RollBackProvisioning> RollBackProvisioning { get; private set; } = null!;

    /// <summary>A step did its work.</summary>
    public Event<StepCompleted> StepCompleted { get; private set; } = null!;

    /// <summary>A step did nothing.</summary>
    public Event<StepFailed> StepFailed { get; private set; } = null!;

    /// <summary>Nothing of a step is left.</summary>
    public Event<StepCompensated> StepCompensated { get; private set; } = null!;

    /// <summary>A step could not be compensated.</summary>
    public Event<StepCompensationFailed> StepCompensationFailed { get; private set; } = null!;

    /// <summary>What the run waits for may have been lost.</summary>
    public Event<WakeRun> WakeRun { get; private set; } = null!;

    private static bool IsRefused(BehaviorContext<Run, StartProvisioning> context) => !context.Admission().IsAccepted;

    private EventActivityBinder<Run, T> Ignored<T>(Event<T> what, IgnoredBecause reason)
        where T : class => When(what).Ignore(reason);
}
