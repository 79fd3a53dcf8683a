using MassTransit;
using NSubstitute;
using Saga.Consumers;
using Saga.StateMachines.StateMachine;
using Saga.StateMachines.Steps;
using Saga.Worker.Hosting;
using Saga.Worker.Messaging;
using Saga.Worker.Messaging.Answering;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Messaging;

/// <summary>Names that programs in any language and operators use. One that changes strands what is in the old queue and whoever sends to it.</summary>
public sealed class The_names_on_the_broker
{
    [Fact]
    public void Are_those_of_the_orchestrators_queues()
    {
        SagaQueues.RunsName.ShouldBe("saga-runs");
        SagaQueues.Runs.ToString().ShouldBe("exchange:saga-runs");
        Constant(typeof(StepsAnnouncedConsumer), "Queue").ShouldBe("saga-steps-announced");
        Enumerable.Range(1, SagaQueues.AnswerQueues).Select(SagaQueues.AnswersName).ShouldBe(
        [
            "saga-answers-1", "saga-answers-2", "saga-answers-3", "saga-answers-4",
            "saga-answers-5", "saga-answers-6", "saga-answers-7", "saga-answers-8",
        ]);
        SagaQueues.IsForAnswers("saga-answers-12").ShouldBeTrue();
        SagaQueues.IsForAnswers("saga-runs").ShouldBeFalse();
    }

    [Fact]
    public void Are_the_same_for_who_sends_to_a_step_and_who_hosts_it()
    {
        SagaQueues.OfStep("create-vpc").ToString().ShouldBe("exchange:saga-step-create-vpc");
        StepEndpoints.NameOf("create-vpc").ShouldBe("saga-step-create-vpc");
    }

    [Theory]
    [InlineData("saga-runs", "saga-runs_error", "saga-runs_skipped")]
    [InlineData("saga-answers-3", "saga-runs_error", "saga-runs_skipped")]
    [InlineData("saga-step-echo", "saga-step-echo_error", "saga-step-echo_skipped")]
    public void Are_those_of_the_queues_for_what_could_not_be_handled(string queue, string error, string skipped)
    {
        var names = new ErrorQueueNames();

        (names.FormatErrorQueueName(queue), names.FormatDeadLetterQueueName(queue)).ShouldBe((error, skipped));
    }

    [Fact]
    public void Are_those_of_the_header_and_the_content_type_of_plain_JSON()
    {
        Constant(typeof(PlainJsonDeserializer), "MessageTypeHeader").ShouldBe("message-type");
        new PlainJsonDeserializer().ContentType.MediaType.ShouldBe("application/json");
    }

    [Fact]
    public void Are_those_of_the_arguments_of_a_quorum_queue()
    {
        var endpoint = Substitute.For<IRabbitMqReceiveEndpointConfigurator>();

        endpoint.SetQueueType(QueueType.Quorum);

        endpoint.Received(1).SetQueueArgument("x-delivery-limit", 2147483647);
        endpoint.Received(1).SetQuorumQueue(Arg.Any<int?>());
    }

    [Fact]
    public void Are_those_of_the_arguments_of_a_classic_queue()
    {
        var endpoint = Substitute.For<IRabbitMqReceiveEndpointConfigurator>();

        endpoint.SetQueueType(QueueType.Classic);

        endpoint.Received(1).SetQueueArgument("x-queue-type", (object)"classic");
        endpoint.DidNotReceiveWithAnyArgs().SetQuorumQueue(default);
    }

    // As it is in the assembly, and not as it was when this was compiled.
    private static object? Constant(Type type, string name) => type.GetField(name)!.GetRawConstantValue();
}
