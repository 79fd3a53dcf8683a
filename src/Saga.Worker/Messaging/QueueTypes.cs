using MassTransit;
using Saga.Worker.Hosting;
using Headers = RabbitMQ.Client.Headers;

namespace Saga.Worker.Messaging;

/// <summary>Asks RabbitMQ for queues of a <see cref="QueueType"/>.</summary>
public static class QueueTypes
{
    /// <summary>How often a quorum queue may get a message back before it drops it, as an argument of the queue: <see cref="ReturnsWithoutEnd"/>.</summary>
    public const string DeliveryLimit = "x-delivery-limit";

    /// <summary>
    /// As good as no limit. Without one RabbitMQ drops a message from version 4 on once it has come back 20 times, as those do that workers hold which are
    /// killed over and over; and -1, its word for no limit, is none to RabbitMQ 3.
    /// </summary>
    public const int ReturnsWithoutEnd = int.MaxValue;

    /// <summary>Makes the endpoint's queue of this type. Said in any case: what RabbitMQ makes of a queue without a type depends on its virtual host.</summary>
    /// <param name="endpoint">A receive endpoint of RabbitMQ.</param>
    /// <param name="type">The type.</param>
    public static void SetQueueType(this IRabbitMqReceiveEndpointConfigurator endpoint, QueueType type)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (type == QueueType.Quorum)
        {
            endpoint.SetQuorumQueue();
            endpoint.SetQueueArgument(DeliveryLimit, ReturnsWithoutEnd);
        }
        else
        {
            endpoint.SetQueueArgument(Headers.XQueueType, type.Name());
        }
    }

    /// <summary>What RabbitMQ calls it.</summary>
    /// <param name="type">The type.</param>
    public static string Name(this QueueType type) => type == QueueType.Quorum ? "quorum" : "classic";
}
