using MassTransit;
using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_the_answer_cannot_be_sent
{
    // RabbitMQ's client says that it was cancelled when the broker does not answer in time.
    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task It_is_sent_again_without_executing_the_step_again(Type failure)
    {
        var (executions, sends) = (0, 0);
        await using var worker = await StepWorker.StartAsync(
            new Script
            {
                Execute = _ => Task.FromResult(StepResult.Completed<object?>(Interlocked.Increment(ref executions))),
            },
            transport => transport.ConfigureSend(send => send.UseSendExecute<StepCompleted>(_ =>
            {
                if (Interlocked.Increment(ref sends) == 1)
                    throw (Exception)Activator.CreateInstance(failure, "The broker is away.")!;
            })));

        var answer = await worker.AskAsync<StepCompleted>(Execute("scripted", """{"name":"acme"}"""));

        answer.Output.ShouldBeJson("1");
        sends.ShouldBe(2);
        executions.ShouldBe(1);
    }
}
