using MassTransit;
using Saga.Contracts;
using Saga.StateMachines.Children;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Resuming;
using Saga.StateMachines.Waking;

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
        Correlate();
        Begin();
        WalkForward();
        WalkBack();
        EndAndStay();

        WhenEnter(Running, run => run.NoteStart().PublishStarted());
        WhenEnter(Compensating, run => run.NoteWalkBack());
        WhenEnter(Completed, run => run.NoteEnd().PublishCompleted().TellParent());
        WhenEnter(RolledBack, run => run.NoteEnd().PublishRolledBack().TellParent());
        WhenEnter(Failed, run => run.NoteEnd().PublishFailed().TellParent());

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

    /// <summary>A step cannot go on before signals arrive.</summary>
    public Event<StepAwaiting> StepAwaiting { get; private set; } = null!;

    /// <summary>Somebody tells it that something happened.</summary>
    public Event<SignalProvisioning> SignalProvisioning { get; private set; } = null!;

    /// <summary>The moment has come that a node waited for.</summary>
    public Event<WakeNode> WakeNode { get; private set; } = null!;

    /// <summary>A child run has ended.</summary>
    public Event<ChildEnded> ChildEnded { get; private set; } = null!;

    /// <summary>A child run could not begin.</summary>
    public Event<ChildRefused> ChildRefused { get; private set; } = null!;

    /// <summary>What the run waits for may have been lost.</summary>
    public Event<WakeRun> WakeRun { get; private set; } = null!;

    private void Correlate()
    {
        Event(() => StartProvisioning, start =>
        {
            // Most starts are of new runs, so nobody looks for an old one first; the primary key finds a repeat.
            start.CorrelateById(context => context.Message.RunId);
            start.InsertOnInitial = true;
            start.SetSagaFactory(context => new Run { CorrelationId = context.Message.RunId });
        });
        Event(() => CancelProvisioning, cancel => cancel.CorrelateById(context => context.AddressedRun(context.Message.RunId)).OnMissingInstance(run => run.IsRefused()));
        Event(() => RollBackProvisioning, rollBack => rollBack.CorrelateById(context => context.AddressedRun(context.Message.RunId)).OnMissingInstance(run => run.IsRefused()));
        Event(() => StepCompleted, answer => answer.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.IsDropped()));
        Event(() => StepFailed, answer => answer.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.IsDropped()));
        Event(() => StepCompensated, answer => answer.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.IsDropped()));
        Event(() => StepCompensationFailed, answer => answer.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.IsDropped()));
        Event(() => WakeRun, wake => wake.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.Discard()));

        Event(() => StepAwaiting, answer => answer.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.IsDropped()));
        Event(() => SignalProvisioning, signal => signal.CorrelateById(context => context.AddressedRun(context.Message.RunId)).OnMissingInstance(run => run.IsRefused()));
        Event(() => WakeNode, wake => wake.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.Discard()));
        Event(() => ChildEnded, ended => ended.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.Discard()));
        Event(() => ChildRefused, refused => refused.CorrelateById(context => context.Message.RunId).OnMissingInstance(run => run.Discard()));
    }

    private void Begin()
    {
        Initially(
            When(StartProvisioning)
                .Check()
                .IfElse(IsRefused,
                    refused => refused
                        .PublishRejected()
                        .TellParentOfRefusal()
                        .Finalize(),
                    accepted => accepted
                        .Accept()
                        .TransitionTo(Pending)
                        .PublishAccepted()
                        .IfElse(ParentStops,
                            orphan => orphan.StopWithParent().Follow(RolledBack),
                            begun => begun.Begin().SendCommands().TransitionTo(Running).Follow(Anywhere))));

        During(Pending,
            When(StartProvisioning).Begin().SendCommands().TransitionTo(Running).Follow(Anywhere),
            When(WakeRun).Begin().SendCommands().TransitionTo(Running).Follow(Anywhere),
            When(SignalProvisioning).Receive().Stay(),
            When(CancelProvisioning).Cancel().Follow(RolledBack),
            Ignored(RollBackProvisioning, IgnoredBecause.NotCompleted));
    }

    private void WalkForward() =>
        During(Running,
            When(StepCompleted).Record().SendCommands().Follow(Anywhere),
            When(StepFailed).Record().SendCommands().Follow(Anywhere),
            When(StepAwaiting).Record().SendCommands().Follow(Anywhere),
            When(SignalProvisioning).Receive().SendCommands().Follow(Anywhere),
            When(WakeNode).WakeNode().SendCommands().Follow(Anywhere),
            When(ChildEnded).Record().SendCommands().Follow(Anywhere),
            When(ChildRefused).Record().SendCommands().Follow(Anywhere),
            // What is in flight finishes first: its answer is where the cancel is seen. What only waits is stopped at once.
            When(CancelProvisioning).Cancel().SendCommands().Follow(Anywhere),
            When(WakeRun).Wake().SendCommands().Stay(),
            Ignored(StartProvisioning, IgnoredBecause.AlreadyBegun),
            Ignored(RollBackProvisioning, IgnoredBecause.NotCompleted));

    private void WalkBack() =>
        During(Compensating,
            When(StepCompensated).Record().SendCommands().Follow(RolledBack, Failed),
            When(StepCompensationFailed).Record().SendCommands().Follow(RolledBack, Failed),
            // A late success: it did run after all, so it must be compensated too.
            When(StepCompleted).Record().SendCommands().Follow(RolledBack, Failed),
            When(StepAwaiting).Record().SendCommands().Follow(RolledBack, Failed),
            // The repeat of a failure that is known.
            When(StepFailed).Record().Stay(),
            When(WakeNode).WakeNode().SendCommands().Follow(RolledBack, Failed),
            When(ChildEnded).Record().SendCommands().Follow(RolledBack, Failed),
            When(WakeRun).Wake().SendCommands().Stay(),
            When(SignalProvisioning).Refuse(IgnoredBecause.AlreadyCompensating),
            Ignored(ChildRefused, IgnoredBecause.AlreadyCompensating),
            Ignored(StartProvisioning, IgnoredBecause.AlreadyBegun),
            Ignored(CancelProvisioning, IgnoredBecause.AlreadyCompensating),
            Ignored(RollBackProvisioning, IgnoredBecause.AlreadyCompensating));

    private void EndAndStay()
    {
        During(Completed,
            When(RollBackProvisioning)
                .Check()
                .IfElse(IsRefused,
                    refused => refused.Refuse(),
                    rollBack => rollBack.RollBack().SendCommands().Follow(Compensating, RolledBack, Failed)));

        During([RolledBack, Failed],
            Ignored(RollBackProvisioning, IgnoredBecause.RunEnded).TellParent());

        During([Completed, RolledBack, Failed],
            Ignored(StartProvisioning, IgnoredBecause.RunEnded).TellParent(),
            When(SignalProvisioning).Refuse(IgnoredBecause.RunEnded),
            Ignored(CancelProvisioning, IgnoredBecause.RunEnded),
            Ignored(WakeRun, IgnoredBecause.RunEnded),
            Ignored(WakeNode, IgnoredBecause.RunEnded),
            Ignored(ChildEnded, IgnoredBecause.RunEnded),
            Ignored(ChildRefused, IgnoredBecause.RunEnded),
            Ignored(StepCompleted, IgnoredBecause.RunEnded),
            Ignored(StepAwaiting, IgnoredBecause.RunEnded),
            Ignored(StepFailed, IgnoredBecause.RunEnded));

        // Nothing was dispatched yet, or nothing to compensate: such an answer belongs to no dispatch.
        During(Pending,
            Ignored(WakeNode, IgnoredBecause.StaleDispatch),
            Ignored(ChildEnded, IgnoredBecause.StaleDispatch),
            Ignored(ChildRefused, IgnoredBecause.StaleDispatch),
            Ignored(StepCompleted, IgnoredBecause.StaleDispatch),
            Ignored(StepAwaiting, IgnoredBecause.StaleDispatch),
            Ignored(StepFailed, IgnoredBecause.StaleDispatch));
        During([Pending, Running, Completed, RolledBack, Failed],
            Ignored(StepCompensated, IgnoredBecause.StaleDispatch),
            Ignored(StepCompensationFailed, IgnoredBecause.StaleDispatch));
    }

    /// <summary>An event may end a run at once: when nothing is left to do, or nothing to take back.</summary>
    private State[] Anywhere => [Completed, Compensating, RolledBack, Failed];

    private static bool IsRefused(BehaviorContext<Run, StartProvisioning> context) => !context.Admission().IsAccepted;

    private static bool IsRefused(BehaviorContext<Run, RollBackProvisioning> context) => context.RollBackRefusal() is not null;

    private static bool ParentStops(BehaviorContext<Run, StartProvisioning> context) => context.Admission().ParentStops;

    private EventActivityBinder<Run, T> Ignored<T>(Event<T> what, IgnoredBecause reason)
        where T : class => When(what).Ignore(reason);
}
