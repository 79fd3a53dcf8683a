using MassTransit;
using Saga.Worker.Hosting;

namespace Saga.Worker.Messaging;

/// <summary>
/// A queue for a process that has none, that is the API by itself: MassTransit tells by its queues whether it reaches the broker, and says that it is well where there are none.
/// Nobody sends anything to it, and it goes with the connection.
/// </summary>
internal static class ProbeQueue
{
    private const string Prefix = "saga-api-";

    /// <summary>Adds the queue, if the process has no other.</summary>
    public static void AddProbeQueue(this IRabbitMqBusFactoryConfigurator rabbit, WorkerRoles roles)
    {
        if (roles != WorkerRoles.Api)
            return;
        rabbit.ReceiveEndpoint($"{Prefix}{Guid.CreateVersion7():N}", endpoint =>
        {
            endpoint.Exclusive = true;
            endpoint.Durable = false;
            endpoint.AutoDelete = true;
            endpoint.ConfigureConsumeTopology = false;
        });
    }
}
