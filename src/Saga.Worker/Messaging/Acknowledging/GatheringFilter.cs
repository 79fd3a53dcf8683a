using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Saga.Worker.Messaging.Acknowledging;

/// <summary>Has an endpoint's consumer use a channel that gathers acknowledgements.</summary>
internal sealed class GatheringFilter(int mostGathered, TimeProvider time) : IFilter<ChannelContext>
{
    // A consumer that the broker cancelled is followed by another on the same channel, which goes on with the numbers and may have open deliveries left.
    private readonly ConditionalWeakTable<IChannel, GatheredAcknowledgements> _channels = [];

    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        using var channel = new GatheringChannel(context, _channels.GetValue(context.Channel, Gather));
        await next.Send(channel);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("gatherAcknowledgements");

    private GatheredAcknowledgements Gather(IChannel channel) =>
        new(acknowledgement => channel.BasicAckAsync(acknowledgement.DeliveryTag, acknowledgement.Multiple), mostGathered, time);
}
