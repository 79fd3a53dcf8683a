using Saga.Worker.Messaging.Acknowledging;

namespace Saga.Worker.Tests.Messaging;

/// <summary>
/// A channel as the broker sees it: an acknowledgement that names a delivery which is not open closes it. And as a consumer sees it: what it has not settled yet
/// must stay.
/// </summary>
internal sealed class ModelChannel
{
    private readonly Lock _lock = new();
    private readonly SortedSet<ulong> _open = [];
    private readonly List<ulong> _beingHandled = [];
    private ulong _newest;

    /// <summary>What it was told, in order.</summary>
    public List<Acknowledgement> Sent { get; } = [];

    /// <summary>What went wrong first, which would have closed the channel or lost a message.</summary>
    public string? Broken { get; private set; }

    public int Open
    {
        get
        {
            lock (_lock)
                return _open.Count;
        }
    }

    public int BeingHandled => _beingHandled.Count;

    public ulong Deliver()
    {
        lock (_lock)
        {
            _open.Add(++_newest);
            _beingHandled.Add(_newest);
            return _newest;
        }
    }

    /// <summary>A consumer is done with the delivery.</summary>
    public void Finish(ulong deliveryTag)
    {
        lock (_lock)
            _beingHandled.Remove(deliveryTag);
    }

    /// <summary>A consumer is done with one of those it handles, counted from the first.</summary>
    public ulong FinishAt(int position)
    {
        var deliveryTag = _beingHandled[position];
        _beingHandled.RemoveAt(position);
        return deliveryTag;
    }

    public void Acknowledge(Acknowledgement acknowledgement)
    {
        lock (_lock)
        {
            Sent.Add(acknowledgement);
            if (!_open.Contains(acknowledgement.DeliveryTag))
                Broken ??= $"{acknowledgement} names what is not open.";
            if (acknowledgement.Multiple && _beingHandled.Any(deliveryTag => deliveryTag <= acknowledgement.DeliveryTag))
                Broken ??= $"{acknowledgement} settles what is still being handled.";
            _open.RemoveWhere(deliveryTag => acknowledgement.Multiple ? deliveryTag <= acknowledgement.DeliveryTag : deliveryTag == acknowledgement.DeliveryTag);
        }
    }

    public void HandBack(ulong deliveryTag)
    {
        lock (_lock)
        {
            if (!_open.Remove(deliveryTag))
                Broken ??= $"Delivery {deliveryTag} was handed back and is not open.";
        }
    }
}
