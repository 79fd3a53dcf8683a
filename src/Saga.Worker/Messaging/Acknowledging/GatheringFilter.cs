using System.Runtime.CompilerServices;
using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace Saga.Worker.Messaging.Acknowledging;

/// <summary>Has an endpoint's consumer use a channel that gathers acknowledgements.</summary>
internal sealed class GatheringFilter(ushort prefetch, TimeProvider time) : IFilter<ChannelContext>
{
    // The broker must not run out of what it may send while acknowledgements gather.
    private const int ShareOfPrefetch = 4;

    // A consumer that the broker cancelled is followed by another on the same channel, which goes on with the numbers and may have open deliveries left.
    private readonly ConditionalWeakTable<IChannel, GatheredAcknowledgements> _channels = [];

    public async Task Send(ChannelContext context, IPipe<ChannelContext> next)
    {
        using var channel = new GatheringChannel(context, _channels.GetValue(context.Channel, Gather), prefetch);
        await next.Send(channel);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("gatherAcknowledgements");

    private GatheredAcknowledgements Gather(IChannel channel) =>
        new(acknowledgement => channel.BasicAckAsync(acknowledgement.DeliveryTag, acknowledgement.Multiple), Math.Max(1, prefetch / ShareOfPrefetch), time);
}
