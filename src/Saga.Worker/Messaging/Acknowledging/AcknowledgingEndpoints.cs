using MassTransit;

namespace Saga.Worker.Messaging.Acknowledging;

/// <summary>Says how an endpoint acknowledges.</summary>
internal static class AcknowledgingEndpoints
{
    /// <summary>Messages that are handled at nearly the same moment are acknowledged by one command, which a quorum queue writes to disk once.</summary>
    public static void AcknowledgeTogether(this IRabbitMqReceiveEndpointConfigurator endpoint, TimeProvider time) =>
        endpoint.ConfigureChannel(channel => channel.UseFilter(new GatheringFilter(time)));
}
