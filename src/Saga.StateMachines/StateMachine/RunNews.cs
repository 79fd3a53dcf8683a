using MassTransit;
using Saga.Contracts;
using Saga.StateMachines.Children;
using Saga.StateMachines.Engine;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Starting;

namespace Saga.StateMachines.StateMachine;

/// <summary>What the world hears of a run, and what its row and the log note, when it enters a state.</summary>
internal static class RunNews
{
    public static EventActivityBinder<Run, StartProvisioning> PublishRejected(this EventActivityBinder<Run, StartProvisioning> start) =>
        start.Then(context => context.Get<RunNotes>().StartRefused(
                context.Saga.CorrelationId, string.Join(" ", context.Admission().Errors.Select(error => error.Code).Distinct(StringComparer.Ordinal))))
            .Publish(context => new ProvisioningRejected
            {
                RunId = context.Saga.CorrelationId,
                Command = nameof(StartProvisioning),
                Errors = context.Admission().Errors,
            });

    public static EventActivityBinder<Run, StartProvisioning> PublishAccepted(this EventActivityBinder<Run, StartProvisioning> start) =>
        start.Publish(context => new ProvisioningAccepted { RunId = context.Saga.CorrelationId, AcceptedAt = context.Saga.CreatedAt });

    public static EventActivityBinder<Run> PublishStarted(this EventActivityBinder<Run> run) =>
        run.Publish(context => new ProvisioningStarted { RunId = context.Saga.CorrelationId, StartedAt = context.Saga.StartedAt!.Value });

    public static EventActivityBinder<Run> PublishCompleted(this EventActivityBinder<Run> run) =>
        run.Publish(context => new ProvisioningCompleted
        {
            RunId = context.Saga.CorrelationId,
            Context = StoredJson.Parse(context.Saga.Context),
            Output = context.Saga.Output is { } output ? StoredJson.Parse(output) : null,
            CompletedAt = context.Saga.CompletedAt!.Value,
        });

    public static EventActivityBinder<Run> PublishRolledBack(this EventActivityBinder<Run> run) =>
        run.Publish(context =>
        {
            var error = RunError.Parse(context.Saga.Error!);
            return new ProvisioningRolledBack
            {
                RunId = context.Saga.CorrelationId,
                Reason = error.Reason,
                CompensateFromIndex = error.CompensateFromIndex,
                CompletedAt = context.Saga.CompletedAt!.Value,
            };
        });

    public static EventActivityBinder<Run> PublishFailed(this EventActivityBinder<Run> run) =>
        run.Publish(context =>
        {
            var error = RunError.Parse(context.Saga.Error!);
            context.Get<RunNotes>().Failed(context.Saga.CorrelationId, error);
            return new ProvisioningFailed
            {
                RunId = context.Saga.CorrelationId,
                Reason = error.Reason,
                CompensateFromIndex = error.CompensateFromIndex,
                NotCompensated = error.NotCompensated,
                CompletedAt = context.Saga.CompletedAt!.Value,
            };
        });

    /// <summary>Tells the run that awaits this one.</summary>
    public static EventActivityBinder<Run> TellParent(this EventActivityBinder<Run> run) =>
        run.If(context => context.Saga.ParentRunId is not null, child => child.Send(SagaQueues.Runs, context => ChildCommands.Ended(context.Saga)));

    /// <summary>The same when somebody asks after it has ended: what was told before may have been lost.</summary>
    public static EventActivityBinder<Run, T> TellParent<T>(this EventActivityBinder<Run, T> run)
        where T : class =>
        run.If(context => context.Saga.ParentRunId is not null, child => child.Send(SagaQueues.Runs, context => ChildCommands.Ended(context.Saga)));

    /// <summary>Tells the run that wanted this one as its child that there will be none.</summary>
    public static EventActivityBinder<Run, StartProvisioning> TellParentOfRefusal(this EventActivityBinder<Run, StartProvisioning> start) =>
        start.If(context => context.Message.Parent is not null, child => child.Send(SagaQueues.Runs, context => new ChildRefused
        {
            RunId = context.Message.Parent!.RunId,
            NodeIndex = context.Message.Parent.NodeIndex,
            Code = context.Admission().Errors[0].Code,
            Message = string.Join(' ', context.Admission().Errors.Select(error => error.Message)),
        }));

    public static EventActivityBinder<Run> NoteStart(this EventActivityBinder<Run> run) =>
        run.Note((row, now) => row.StartedAt = now);

    // A completed run that is rolled back has not ended any more.
    public static EventActivityBinder<Run> NoteWalkBack(this EventActivityBinder<Run> run) =>
        run.Note((row, _) => row.CompletedAt = null);

    public static EventActivityBinder<Run> NoteEnd(this EventActivityBinder<Run> run) =>
        run.Note((row, now) => row.CompletedAt = now);

    private static EventActivityBinder<Run> Note(this EventActivityBinder<Run> run, Action<Run, DateTimeOffset> note) =>
        run.Then(context =>
        {
            note(context.Saga, context.Get<RunMover>().DecidedAt);
            var status = SnakeCase.From(context.Saga.CurrentState);
            CorrelationScope.Apply(context.Saga, status);
            context.Get<RunNotes>().Entered(context.Saga.CorrelationId, status);
        });
}
