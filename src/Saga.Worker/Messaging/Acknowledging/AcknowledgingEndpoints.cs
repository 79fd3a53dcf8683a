using MassTransit;

namespace Saga.Worker.Messaging.Acknowledging;

/// <summary>Says how an endpoint acknowledges.</summary>
internal static class AcknowledgingEndpoints
{
    /// <summary>Messages that are handled at nearly the same moment are acknowledged by one command, which a quorum queue writes to disk once.</summary>
    /// <param name="endpoint">The endpoint, of which this is the prefetch count.</param>
    /// <param name="prefetch">How many messages the broker sends in advance, at least 1. A quarter of them is acknowledged without waiting for more.</param>
    /// <param name="time">Measures how long acknowledgements wait for others.</param>
    public static void AcknowledgeTogether(this IRabbitMqReceiveEndpointConfigurator endpoint, ushort prefetch, TimeProvider time)
    {
        endpoint.PrefetchCount = prefetch;
        endpoint.ConfigureChannel(channel => channel.UseFilter(new GatheringFilter(prefetch, time)));
    }
}
