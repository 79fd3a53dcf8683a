using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_the_worker_stops
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task An_interrupted_step_is_given_back_to_the_broker_and_not_answered()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = async context =>
            {
                await UntilInterruptedAsync(context.CancellationToken);
                return StepResult.Completed<object?>(null);
            },
        });

        var fault = await StopDuringAsync(worker, Execute("scripted", """{"name":"acme"}"""), "scripted");

        // MassTransit leaves the command to the broker for this exception only; with any other it goes to the error queue.
        fault.ShouldBeAssignableTo<OperationCanceledException>();
        worker.Logged.Lines.ShouldContain(line => line.EventId == 2002);
        worker.HasSent<StepFailed>().ShouldBeFalse();
        worker.HasSent<StepCompleted>().ShouldBeFalse();
    }

    [Fact]
    public async Task An_interrupted_step_is_not_handed_to_its_error_handler()
    {
        var handled = false;
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = async context =>
            {
                await UntilInterruptedAsync(context.CancellationToken);
                return StepResult.Completed<object?>(null);
            },
            OnError = (exception, _) =>
            {
                handled = true;
                return Task.FromResult<StepResult<object?>>(StepResult.FromException(exception));
            },
        });

        var fault = await StopDuringAsync(worker, Execute("handling", """{"name":"acme"}"""), "handling");

        fault.ShouldBeAssignableTo<OperationCanceledException>();
        handled.ShouldBeFalse();
        worker.HasSent<StepFailed>().ShouldBeFalse();
    }

    [Fact]
    public async Task An_interrupted_error_handler_is_given_back_too()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = _ => throw new IOException("It exists already."),
            OnError = async (exception, context) =>
            {
                await UntilInterruptedAsync(context.CancellationToken);
                return StepResult.FromException(exception);
            },
        });

        var fault = await StopDuringAsync(worker, Execute("handling", """{"name":"acme"}"""), "handling");

        fault.ShouldBeAssignableTo<OperationCanceledException>();
        worker.HasSent<StepFailed>().ShouldBeFalse();
    }

    [Fact]
    public async Task An_interrupted_compensation_is_given_back_too()
    {
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Compensate = async context =>
            {
                await UntilInterruptedAsync(context.CancellationToken);
                return CompensationOutcome.Compensated;
            },
        });

        var fault = await StopDuringAsync(worker, Compensate("scripted", """{"name":"acme"}"""), "scripted");

        fault.ShouldBeAssignableTo<OperationCanceledException>();
        worker.HasSent<StepCompensationFailed>().ShouldBeFalse();
    }

    /// <summary>What a step does that the test interrupts.</summary>
    private Task UntilInterruptedAsync(CancellationToken cancellationToken)
    {
        _started.SetResult();
        return new TaskCompletionSource().Task.WaitAsync(cancellationToken);
    }

    /// <summary>Stops the worker while its step handles the command, and returns what the transport hears of that.</summary>
    private async Task<Exception> StopDuringAsync(StepWorker worker, object command, string step)
    {
        var deliveries = new DeliveryRecorder();
        worker.Harness.Bus.ConnectReceiveObserver(deliveries);
        await worker.SendAsync(command, step);
        await _started.Task;

        await worker.StopAsync();
        return await deliveries.FaultAsync();
    }
}
