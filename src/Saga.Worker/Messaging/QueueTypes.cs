using MassTransit;
using Saga.Worker.Hosting;
using Headers = RabbitMQ.Client.Headers;

namespace Saga.Worker.Messaging;

/// <summary>Asks RabbitMQ for queues of a <see cref="QueueType"/>.</summary>
public static class QueueTypes
{
    /// <summary>Makes the endpoint's queue of this type. Said in any case: what RabbitMQ makes of a queue without a type depends on its virtual host.</summary>
    /// <param name="endpoint">A receive endpoint of RabbitMQ.</param>
    /// <param name="type">The type.</param>
    public static void SetQueueType(this IRabbitMqReceiveEndpointConfigurator endpoint, QueueType type)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (type == QueueType.Quorum)
            endpoint.SetQuorumQueue();
        else
            endpoint.SetQueueArgument(Headers.XQueueType, type.Name());
    }

    /// <summary>What RabbitMQ calls it.</summary>
    /// <param name="type">The type.</param>
    public static string Name(this QueueType type) => type == QueueType.Quorum ? "quorum" : "classic";
}
