using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using Saga.Worker.Messaging;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Messaging;

public sealed class When_the_broker_refuses_a_queue
{
    private const string OtherType =
        "PRECONDITION_FAILED - inequivalent arg 'x-queue-type' for queue 'saga-runs' in vhost '/': received 'classic' but current is 'quorum'";

    [Fact]
    public void The_health_says_which_and_what_to_do() =>
        BrokerHealthCheck.Describe("Not ready: not started", new RabbitMqConnectionException("ReceiveTransport faulted", Refusal(406, OtherType))).ShouldBe(
            $"Not ready: not started. {OtherType}. Set Saga:QueueType in every process that reads it to the type the queue has, or delete the queue and its error queue while nothing uses them and nothing is in them.");

    [Fact]
    public void The_health_says_what_it_refused() =>
        BrokerHealthCheck.Describe("Not ready: not started", Refusal(406, "PRECONDITION_FAILED - fanout exchange"))
            .ShouldBe("Not ready: not started. PRECONDITION_FAILED - fanout exchange.");

    [Fact]
    public void The_health_says_what_to_do_about_a_queue_of_an_earlier_version() =>
        BrokerHealthCheck.Describe("Not ready: not started", Refusal(406, "PRECONDITION_FAILED - inequivalent arg 'x-delivery-limit' for queue 'saga-runs'")).ShouldBe(
            "Not ready: not started. PRECONDITION_FAILED - inequivalent arg 'x-delivery-limit' for queue 'saga-runs'. Another program or version made it. "
            + "Delete the queue and its error queue while nothing uses them and nothing is in them.");

    [Fact]
    public void Nothing_is_said_of_what_it_did_not_refuse()
    {
        BrokerHealthCheck.Describe("Not ready", Refusal(320, "CONNECTION_FORCED")).ShouldBe("Not ready");
        BrokerHealthCheck.Describe("Not ready", exception: null).ShouldBe("Not ready");
    }

    private static OperationInterruptedException Refusal(ushort code, string text) => new(new ShutdownEventArgs(ShutdownInitiator.Peer, code, text));
}
