using System.Threading.Channels;
using MassTransit;
using Saga.Contracts;
using static Saga.Consumers.Tests.Support.Commands;

namespace Saga.Consumers.Tests;

public sealed class When_a_command_names_an_unknown_step
{
    [Fact]
    public async Task It_goes_to_the_error_queue_and_the_next_command_is_served()
    {
        var errors = Channel.CreateUnbounded<ConsumeContext<ExecuteStep>>();
        await using var worker = await StepWorker.StartAsync(
            new Script(),
            transport => transport.ReceiveEndpoint("saga-step-scripted_error", endpoint =>
            {
                endpoint.ConfigureConsumeTopology = false;
                endpoint.Handler<ExecuteStep>(async context => await errors.Writer.WriteAsync(context));
            }));

        await worker.SendAsync(Execute("ghost"), "scripted");

        var poison = await errors.Reader.ReadAsync(Patience.Token());
        poison.Message.Step.ShouldBe("ghost");
        poison.ReceiveContext.TransportHeaders.Get<string>(MessageHeaders.FaultMessage).ShouldBe(
            "This worker hosts no step `ghost`. A command is sent to the queue of its own step, saga-step-{step}. "
            + "Register the step with AddStep, or correct the address it was sent to.");
        await worker.AskAsync<StepCompleted>(Execute("scripted", """{"name":"acme"}"""));
    }
}
