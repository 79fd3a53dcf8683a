using MassTransit;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using Saga.StateMachines.StateMachine;
using Saga.Worker.Messaging.Answering;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Messaging;

public sealed class When_the_queue_for_answers_comes_and_goes
{
    private readonly OwnAnswers _answers = new();
    private readonly OwnQueue _queue;

    public When_the_queue_for_answers_comes_and_goes() => _queue = new OwnQueue("saga-answers-3", _answers, NullLogger.Instance);

    [Fact]
    public async Task Commands_name_it_once_it_is_read()
    {
        _answers.Queue.ShouldBeNull();
        await _queue.Ready(Ready(isStarted: false));
        _answers.Queue.ShouldBeNull();

        await _queue.Ready(Ready(isStarted: true));

        _answers.Queue.ShouldBe("saga-answers-3");
    }

    [Fact]
    public async Task Commands_name_it_no_more_when_it_is_not_read_any_more()
    {
        await _queue.Ready(Ready(isStarted: true));

        await _queue.Faulted(Substitute.For<ReceiveEndpointFaulted>());
        _answers.Queue.ShouldBeNull();

        await _queue.Ready(Ready(isStarted: true));
        await _queue.Completed(Substitute.For<ReceiveEndpointCompleted>());
        _answers.Queue.ShouldBeNull();
    }

    private static ReceiveEndpointReady Ready(bool isStarted)
    {
        var ready = Substitute.For<ReceiveEndpointReady>();
        ready.IsStarted.Returns(isStarted);
        return ready;
    }
}
