using MassTransit;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Registration;
using Saga.StateMachines.StateMachine;
using Saga.Worker.Hosting;

namespace Saga.Worker.Messaging.Answering;

/// <summary>
/// Has the answers to this orchestrator's commands come back to it, where the run is in memory. Every orchestrator reads all queues of answers, but each has one
/// in which it comes before the others: they get what it cannot take, which is everything once it is gone.
/// </summary>
internal sealed class AnswerEndpoints(
    BusReach reach, IReceiveEndpointConnector connector, OwnAnswers answers, WorkerSettings settings, TimeProvider clock, ILogger<AnswerEndpoints> logger)
    : BackgroundService
{
    private const int First = 1;

    // Room enough that others only help out when this process is far behind: they have to load what it remembers.
    private const ushort OwnPrefetch = 500;
    private const ushort OthersPrefetch = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await reach.WaitAsync(stoppingToken);
        await using var seat = settings.DatabaseKind == DatabaseKind.Postgres
            ? await OrchestratorSeat.TakeAsync(settings.Database, SagaQueues.AnswerQueues, clock, logger, stoppingToken)
            : null;
        var own = seat?.Number ?? First;
        for (var number = First; number <= SagaQueues.AnswerQueues; number++)
            Connect(number, number == own);
        if (seat is not null)
            await seat.HoldAsync(stoppingToken);
    }

    private void Connect(int number, bool isOwn) =>
        connector.ConnectReceiveEndpoint(SagaQueues.AnswersName(number), (context, endpoint) =>
        {
            if (isOwn)
                endpoint.ConnectReceiveEndpointObserver(new OwnQueue(SagaQueues.AnswersName(number), answers, logger));
            var queue = (IRabbitMqReceiveEndpointConfigurator)endpoint;
            MessagingRegistration.ConfigureQueue(queue, context, isOwn ? OwnPrefetch : OthersPrefetch);
            queue.ConsumerPriority = isOwn ? 1 : 0;
            endpoint.ConfigureAnswers(context);
        });
}
