using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_the_worker_stops
{
    [Fact]
    public async Task An_interrupted_step_is_given_back_to_the_broker_and_not_answered()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = async context =>
            {
                started.SetResult();
                await UntilCancelledAsync(context.CancellationToken);
                return StepResult.Completed<object?>(null);
            },
        });
        var deliveries = new DeliveryRecorder();
        worker.Harness.Bus.ConnectReceiveObserver(deliveries);
        await worker.SendAsync(Execute("scripted", """{"name":"acme"}"""), "scripted");
        await started.Task;

        await worker.StopAsync();

        // MassTransit leaves the command to the broker for this exception only; with any other it goes to the error queue.
        (await deliveries.FaultAsync()).ShouldBeAssignableTo<OperationCanceledException>();
        worker.Logged.Lines.ShouldContain(line => line.EventId == 2002);
        worker.HasSent<StepFailed>().ShouldBeFalse();
        worker.HasSent<StepCompleted>().ShouldBeFalse();
    }

    [Fact]
    public async Task An_interrupted_step_is_not_handed_to_its_error_handler()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handled = false;
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = async context =>
            {
                started.SetResult();
                await UntilCancelledAsync(context.CancellationToken);
                return StepResult.Completed<object?>(null);
            },
            OnError = (exception, _) =>
            {
                handled = true;
                return Task.FromResult<StepResult<object?>>(StepResult.FromException(exception));
            },
        });
        var deliveries = new DeliveryRecorder();
        worker.Harness.Bus.ConnectReceiveObserver(deliveries);
        await worker.SendAsync(Execute("handling", """{"name":"acme"}"""), "handling");
        await started.Task;

        await worker.StopAsync();

        (await deliveries.FaultAsync()).ShouldBeAssignableTo<OperationCanceledException>();
        handled.ShouldBeFalse();
        worker.HasSent<StepFailed>().ShouldBeFalse();
    }

    [Fact]
    public async Task An_interrupted_error_handler_is_given_back_too()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Execute = _ => throw new IOException("It exists already."),
            OnError = async (exception, context) =>
            {
                started.SetResult();
                await UntilCancelledAsync(context.CancellationToken);
                return StepResult.FromException(exception);
            },
        });
        var deliveries = new DeliveryRecorder();
        worker.Harness.Bus.ConnectReceiveObserver(deliveries);
        await worker.SendAsync(Execute("handling", """{"name":"acme"}"""), "handling");
        await started.Task;

        await worker.StopAsync();

        (await deliveries.FaultAsync()).ShouldBeAssignableTo<OperationCanceledException>();
        worker.HasSent<StepFailed>().ShouldBeFalse();
    }

    [Fact]
    public async Task An_interrupted_compensation_is_given_back_too()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var worker = await StepWorker.StartAsync(new Script
        {
            Compensate = async context =>
            {
                started.SetResult();
                await UntilCancelledAsync(context.CancellationToken);
                return CompensationResult.Compensated;
            },
        });
        var deliveries = new DeliveryRecorder();
        worker.Harness.Bus.ConnectReceiveObserver(deliveries);
        await worker.SendAsync(Compensate("scripted", """{"name":"acme"}"""), "scripted");
        await started.Task;

        await worker.StopAsync();

        (await deliveries.FaultAsync()).ShouldBeAssignableTo<OperationCanceledException>();
        worker.HasSent<StepCompensationFailed>().ShouldBeFalse();
    }

    private static Task UntilCancelledAsync(CancellationToken cancellationToken) => new TaskCompletionSource().Task.WaitAsync(cancellationToken);
}
