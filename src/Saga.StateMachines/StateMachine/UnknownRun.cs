using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Saga.Contracts;
using Saga.StateMachines.Children;
using Saga.StateMachines.Persistence;

namespace Saga.StateMachines.StateMachine;

/// <summary>What becomes of a message whose run nobody knows.</summary>
internal static class UnknownRun
{
    /// <summary>Somebody waits for the effect of a command, so its refusal is published.</summary>
    public static IPipe<ConsumeContext<T>> IsRefused<T>(this IMissingInstanceConfigurator<Run, T> missing)
        where T : class => missing.ExecuteAsync(context =>
        {
            if (context.Message is CancelProvisioning { By: ChildCommands.Parent } && context.GetRetryAttempt() < ChildNotThereException.Looks)
                throw new ChildNotThereException();

            var runId = RunIdOf(context);
            NotesOf(context).UnknownRun(typeof(T).Name, runId);
            return context.Publish(new ProvisioningRejected
            {
                RunId = runId,
                Command = typeof(T).Name,
                Errors = [AddressByKey.KeyOf(context) is { } key ? UnknownKey<T>(key) : UnknownId<T>(runId)],
            });
        });

    /// <summary>Nobody waits for the effect of an answer.</summary>
    public static IPipe<ConsumeContext<T>> IsDropped<T>(this IMissingInstanceConfigurator<Run, T> missing)
        where T : class => missing.Execute(context => NotesOf(context).UnknownRun(typeof(T).Name, RunIdOf(context)));

    private static ProvisioningError UnknownId<T>(Guid runId) => new()
    {
        Pointer = "/runId",
        Code = "unknown_run",
        Message = $"There is no run {runId}. A {typeof(T).Name} must name a run that was accepted. Check the id, or start the run first.",
    };

    private static ProvisioningError UnknownKey<T>(string key) => new()
    {
        Pointer = "/correlationKey",
        Code = "unknown_run",
        Message = $"No run has the key `{key}`. A {typeof(T).Name} must name a run that was accepted. Check the key, or start the run first.",
    };

    // Every message is correlated by its RunId before its run is found missing.
    private static Guid RunIdOf<T>(ConsumeContext<T> context)
        where T : class => context.Message switch
        {
            CancelProvisioning cancel => context.AddressedRun(cancel.RunId),
            RollBackProvisioning rollBack => context.AddressedRun(rollBack.RunId),
            SignalProvisioning signal => context.AddressedRun(signal.RunId),
            StepCompleted answer => answer.RunId,
            StepFailed answer => answer.RunId,
            StepAwaiting answer => answer.RunId,
            StepCompensated answer => answer.RunId,
            StepCompensationFailed answer => answer.RunId,
            _ => context.CorrelationId ?? Guid.Empty,
        };

    private static RunNotes NotesOf(ConsumeContext context) => context.GetPayload<IServiceProvider>().GetRequiredService<RunNotes>();
}
