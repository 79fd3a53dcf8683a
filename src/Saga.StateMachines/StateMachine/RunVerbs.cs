using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Saga.Contracts;
using Saga.StateMachines.Children;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Resuming;
using Saga.StateMachines.Signals;
using Saga.StateMachines.Starting;
using Saga.StateMachines.Times;
using Saga.StateMachines.Waking;

namespace Saga.StateMachines.StateMachine;

/// <summary>The verbs the transition table is written in.</summary>
internal static class RunVerbs
{
    /// <summary>Finds out whether the start may become a run.</summary>
    public static EventActivityBinder<Run, StartProvisioning> Check(this EventActivityBinder<Run, StartProvisioning> start) =>
        start.ThenAsync(async context =>
        {
            var admission = await context.Get<RunAdmission>().CheckAsync(context.Message, context.CancellationToken);
            context.AddOrUpdatePayload(() => admission, _ => admission);
        });

    /// <summary>Finds out whether the run may be rolled back by whoever asks.</summary>
    public static EventActivityBinder<Run, RollBackProvisioning> Check(this EventActivityBinder<Run, RollBackProvisioning> rollBack) =>
        rollBack.ThenAsync(async context =>
        {
            var check = new RollBackCheck(context.Saga.ParentRunId is null
                ? null
                : await ChildOwner.RefusalAsync(context.Get<RunDbContext>(), context.Saga.CorrelationId, context.CancellationToken));
            context.AddOrUpdatePayload(() => check, _ => check);
        });

    /// <summary>What <see cref="Check(EventActivityBinder{Run, StartProvisioning})"/> found out.</summary>
    public static Admission Admission(this BehaviorContext<Run> context) => context.GetPayload<Admission>();

    /// <summary>Why it may not, as <see cref="Check(EventActivityBinder{Run, RollBackProvisioning})"/> found out; null when it may.</summary>
    public static ProvisioningError? RollBackRefusal(this BehaviorContext<Run> context) => context.GetPayload<RollBackCheck>().Refusal;

    /// <summary>Makes the run of the start.</summary>
    public static EventActivityBinder<Run, StartProvisioning> Accept(this EventActivityBinder<Run, StartProvisioning> start) =>
        start.ThenAsync(context => context.Get<RunAdmission>()
            .AcceptAsync(context.Saga, context.Message, context.Admission(), context.CancellationToken));

    /// <summary>Lets the run start walking.</summary>
    public static EventActivityBinder<Run, T> Begin<T>(this EventActivityBinder<Run, T> binder)
        where T : class => binder.Apply(_ => new RunEvent.Begin());

    /// <summary>Lets it send again what is in flight.</summary>
    public static EventActivityBinder<Run, WakeRun> Wake(this EventActivityBinder<Run, WakeRun> binder) => binder.Apply(_ => new RunEvent.Wake());

    /// <summary>Stops the run.</summary>
    public static EventActivityBinder<Run, CancelProvisioning> Cancel(this EventActivityBinder<Run, CancelProvisioning> cancel) =>
        cancel.Apply(_ => new RunEvent.Cancel()).NoteWhoStopped(message => (message.By, message.Reason));

    /// <summary>Lets a child end before it begins, because its parent has stopped since.</summary>
    public static EventActivityBinder<Run, StartProvisioning> StopWithParent(this EventActivityBinder<Run, StartProvisioning> start) =>
        start.Apply(_ => new RunEvent.Cancel());

    /// <summary>Compensates a completed run.</summary>
    public static EventActivityBinder<Run, RollBackProvisioning> RollBack(this EventActivityBinder<Run, RollBackProvisioning> rollBack) =>
        rollBack.Apply(_ => new RunEvent.RollBack()).NoteWhoStopped(message => (message.By, message.Reason));

    /// <summary>Records that a step did its work.</summary>
    public static EventActivityBinder<Run, StepCompleted> Record(this EventActivityBinder<Run, StepCompleted> answer) =>
        answer.Apply(m => new RunEvent.StepSucceeded(m.Node, m.Attempt, m.DispatchId, m.Output, m.Put)
        {
            OutputLost = m.OutputLost is { } lost ? (StorableText.From(lost.Code), StorableText.From(lost.Message)) : null,
        });

    /// <summary>Records that a step did nothing.</summary>
    public static EventActivityBinder<Run, StepFailed> Record(this EventActivityBinder<Run, StepFailed> answer) =>
        answer.Apply(m => new RunEvent.StepFailed(
            m.Node, m.Attempt, m.DispatchId, StorableText.From(m.Code), StorableText.From(m.Message), m.Retryable, IsoDuration.Read(m.RetryAfter)));

    /// <summary>Records that a step cannot go on before signals arrive.</summary>
    public static EventActivityBinder<Run, StepAwaiting> Record(this EventActivityBinder<Run, StepAwaiting> answer) =>
        answer.Apply(m => m.Signals is { Count: > 0 } && m.Signals.All(SignalName.IsValid) && (m.Timeout is null || IsoDuration.Read(m.Timeout) is not null)
            ? new RunEvent.StepAwaits(m.Node, m.Attempt, m.DispatchId, [.. m.Signals], m.All, IsoDuration.Read(m.Timeout), m.Snapshot, m.Put)
            : new RunEvent.StepFailed(m.Node, m.Attempt, m.DispatchId, "invalid_await", "The step awaits no signal, one that nobody can send, or for no time. "
                + $"A step must name at least one signal. {SignalName.Rule} {IsoDuration.Rule}"));

    /// <summary>Records that nothing of a step is left.</summary>
    public static EventActivityBinder<Run, StepCompensated> Record(this EventActivityBinder<Run, StepCompensated> answer) =>
        answer.Apply(m => new RunEvent.StepCompensated(m.Node, m.Attempt, m.DispatchId, m.NothingToDo));

    /// <summary>Records that a step could not be compensated.</summary>
    public static EventActivityBinder<Run, StepCompensationFailed> Record(this EventActivityBinder<Run, StepCompensationFailed> answer) =>
        answer.Apply(m => new RunEvent.StepCompensationFailed(
            m.Node, m.Attempt, m.DispatchId, StorableText.From(m.Code), StorableText.From(m.Message), m.Retryable));

    /// <summary>Records how a child ended.</summary>
    public static EventActivityBinder<Run, ChildEnded> Record(this EventActivityBinder<Run, ChildEnded> ended) =>
        ended.Apply(m => new RunEvent.ChildEnded(m.NodeIndex, m.ChildRunId, Enum.Parse<RunStatus>(SnakeCase.ToPascalCase(m.Status)), m.Output, m.Error));

    /// <summary>Records that a child could not begin.</summary>
    public static EventActivityBinder<Run, ChildRefused> Record(this EventActivityBinder<Run, ChildRefused> refused) =>
        refused.Apply(m => new RunEvent.ChildRefused(m.NodeIndex, m.Code, m.Message));

    /// <summary>Goes on with a node whose moment has come.</summary>
    public static EventActivityBinder<Run, WakeNode> WakeNode(this EventActivityBinder<Run, WakeNode> wake) =>
        wake.ThenAsync(context => context.Get<RunMover>()
            .WakeAsync(context.Saga, new RunEvent.Due(context.Message.NodeIndex, context.Message.WakeId), context.CancellationToken));

    /// <summary>Takes in a signal, unless it is a repeat.</summary>
    public static EventActivityBinder<Run, SignalProvisioning> Receive(this EventActivityBinder<Run, SignalProvisioning> signal) =>
        signal.ThenAsync(async context =>
        {
            var (run, message, inbox, mover) = (context.Saga, context.Message, context.Get<SignalInbox>(), context.Get<RunMover>());
            if (SignalRefusal.Of(message, context.Get<IOptions<RunOptions>>().Value) is { } problem)
            {
                await context.Publish(SignalRefusal.Of(run, problem));
                return;
            }

            if (message.DedupKey is { } key && await inbox.IsRepeatAsync(run.CorrelationId, key, context.CancellationToken))
            {
                mover.Ignore(run, nameof(SignalProvisioning), IgnoredBecause.DuplicateSignal);
                return;
            }

            await mover.ApplyAsync(run, new RunEvent.Signal(inbox.Receive(run, message)), context.CancellationToken);
            if (mover.Decision!.Ignored == IgnoredBecause.InboxFull)
                await context.Publish(SignalRefusal.Of(run, SignalRefusal.InboxFull(run.CorrelationId, message.Name)));
        });

    /// <summary>Sends what the engine decided to send.</summary>
    public static EventActivityBinder<Run, T> SendCommands<T>(this EventActivityBinder<Run, T> binder)
        where T : class => binder.ThenAsync(context => context.Get<RunMover>() is { Decision.Ignored: null } mover
            ? mover.SendCommandsAsync(context.Saga, context, context.CancellationToken)
            : Task.CompletedTask);

    /// <summary>Goes to the state the engine decided on, if it is one of these.</summary>
    public static EventActivityBinder<Run, T> Follow<T>(this EventActivityBinder<Run, T> binder, params State[] states)
        where T : class => states
            .Aggregate(binder, (followed, state) => followed.If(context => context.DecidedState() == state.Name, x => x.TransitionTo(state)))
            .Stay();

    /// <summary>The table and the engine agree that the run is where it should be; a disagreement must not be stored.</summary>
    public static EventActivityBinder<Run, T> Stay<T>(this EventActivityBinder<Run, T> binder)
        where T : class => binder.Then(context =>
        {
            if (context.DecidedState() != context.Saga.CurrentState)
            {
                throw new InvalidOperationException(
                    $"The engine moved run {context.Saga.CorrelationId} to {context.DecidedState()} on {typeof(T).Name}, "
                    + $"but the transition table leaves it in {context.Saga.CurrentState}. Add the transition to {nameof(ProvisioningStateMachine)}.");
            }
        });

    /// <summary>Counts a message that means nothing in this state.</summary>
    public static EventActivityBinder<Run, T> Ignore<T>(this EventActivityBinder<Run, T> binder, IgnoredBecause reason)
        where T : class => binder.Then(context => context.Get<RunMover>().Ignore(context.Saga, typeof(T).Name, reason));

    /// <summary>Tells the sender of a signal that the run takes none any more.</summary>
    public static EventActivityBinder<Run, SignalProvisioning> Refuse(this EventActivityBinder<Run, SignalProvisioning> signal, IgnoredBecause reason) =>
        signal.Ignore(reason).Publish(context => SignalRefusal.Of(context.Saga, context.Message));

    /// <summary>Tells who wants a run rolled back that it cannot be, by itself.</summary>
    public static EventActivityBinder<Run, RollBackProvisioning> Refuse(this EventActivityBinder<Run, RollBackProvisioning> rollBack) =>
        rollBack.Ignore(IgnoredBecause.ChildOfRun).Publish(context => new ProvisioningRejected
        {
            RunId = context.Saga.CorrelationId,
            Command = nameof(RollBackProvisioning),
            Errors = [context.RollBackRefusal()!],
        });

    /// <summary>A service of the message's scope.</summary>
    public static TService Get<TService>(this BehaviorContext<Run> context)
        where TService : notnull => context.GetPayload<IServiceProvider>().GetRequiredService<TService>();

    private static string DecidedState(this BehaviorContext<Run> context) =>
        context.Get<RunMover>().Decision is { } decision ? decision.State.Status.ToString() : context.Saga.CurrentState;

    private static EventActivityBinder<Run, T> Apply<T>(this EventActivityBinder<Run, T> binder, Func<T, RunEvent> toEvent)
        where T : class => binder.ThenAsync(context => context.Get<RunMover>()
            .ApplyAsync(context.Saga, toEvent(context.Message), context.CancellationToken));

    private static EventActivityBinder<Run, T> NoteWhoStopped<T>(this EventActivityBinder<Run, T> binder, Func<T, (string? By, string? Note)> who)
        where T : class => binder.Then(context =>
        {
            if (context.Get<RunMover>().Decision!.Ignored is not null)
                return;

            var (by, note) = who(context.Message);
            context.Saga.StopRequestedBy = StorableText.From(by);
            context.Saga.StopNote = StorableText.From(note);
        });

    private sealed record RollBackCheck(ProvisioningError? Refusal);
}
