using MassTransit.RabbitMqTransport;

namespace Saga.Worker.Messaging.Acknowledging;

/// <summary>A channel that gathers the acknowledgements which MassTransit gives one by one. Everything else goes straight to the broker.</summary>
internal sealed class GatheringChannel : ScopeChannelContext, ChannelContext
{
    private readonly ChannelContext _channel;
    private readonly GatheredAcknowledgements _acknowledgements;
    private readonly ushort _prefetch;

    public GatheringChannel(ChannelContext channel, GatheredAcknowledgements acknowledgements, ushort prefetch)
        : base(channel, channel.CancellationToken)
    {
        _prefetch = prefetch;
        _channel = channel;
        _acknowledgements = acknowledgements;
    }

    ValueTask ChannelContext.BasicAck(ulong deliveryTag, bool multiple, CancellationToken cancellationToken)
    {
        // MassTransit wants to know that the channel is closed, and finds it out by this.
        if (Channel.IsClosed)
            return _channel.BasicAck(deliveryTag, multiple, cancellationToken);

        return new ValueTask(_acknowledgements.AcknowledgeAsync(deliveryTag));
    }

    // A consumer that stops counts the messages it still handles, and with the last of them MassTransit closes the channel: it waits for nothing else.
    Task ChannelContext.BasicCancel(string consumerTag, CancellationToken cancellationToken) => _acknowledgements.StopAsync(async () =>
    {
        await _channel.BasicCancel(consumerTag, cancellationToken);

        // The broker answers a cancellation before it carries it out. It answers this afterwards, when the queue has done all it was told before: none of
        // it is under way any more, and holds up the last acknowledgements. The prefetch stays what it is.
        await _channel.BasicQos(0, _prefetch, global: false, cancellationToken);
    });

    async Task ChannelContext.BasicNack(ulong deliveryTag, bool multiple, bool requeue, CancellationToken cancellationToken)
    {
        await _channel.BasicNack(deliveryTag, multiple, requeue, cancellationToken);

        // Not before: an acknowledgement of several that overtook it would take the delivery with it, and the message would be lost.
        _acknowledgements.Settle(deliveryTag);
    }
}
