using MassTransit;
using Saga.StateMachines.StateMachine;

namespace Saga.Worker.Messaging.Answering;

/// <summary>Has commands name the queue of this orchestrator for as long as it is read: a worker's answer must find it.</summary>
internal sealed class OwnQueue(string name, OwnAnswers answers, ILogger logger) : IReceiveEndpointObserver
{
    public Task Ready(ReceiveEndpointReady ready)
    {
        if (ready.IsStarted && answers.Queue is null)
        {
            answers.Queue = name;
            logger.AnswersComeTo(name);
        }

        return Task.CompletedTask;
    }

    public Task Completed(ReceiveEndpointCompleted completed) => ForgetAsync();

    public Task Faulted(ReceiveEndpointFaulted faulted) => ForgetAsync();

    public Task Stopping(ReceiveEndpointStopping stopping) => Task.CompletedTask;

    private Task ForgetAsync()
    {
        answers.Queue = null;
        return Task.CompletedTask;
    }
}
