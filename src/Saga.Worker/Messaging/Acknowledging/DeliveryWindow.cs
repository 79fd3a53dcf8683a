namespace Saga.Worker.Messaging.Acknowledging;

/// <summary>
/// The deliveries of one channel that are not settled yet, and the acknowledgements that were not sent yet. Says which of these can be sent as one. Not for
/// several threads at once.
/// </summary>
/// <remarks>
/// A channel numbers its deliveries 1, 2, 3, … An acknowledgement of several names one delivery that is open at the broker, and settles everything open before
/// it: so before it nothing may be left that is still being handled. Only what is open is remembered, never what was settled: the prefetch limits the one,
/// while behind a message that takes hours the other would grow for hours.
/// </remarks>
internal sealed class DeliveryWindow
{
    // Ascending, and short, so that a list does: its entries cost no allocation.
    private readonly List<ulong> _open = [];
    private readonly List<ulong> _gathered = [];
    private readonly List<ulong> _held = [];
    private ulong _newest;

    /// <summary>How many acknowledgements came since the last were taken.</summary>
    public int Gathered => _gathered.Count;

    public bool HasUnsent => _gathered.Count + _held.Count > 0;

    /// <summary>The delivery was handled; the broker is to be told.</summary>
    public void Acknowledge(ulong deliveryTag)
    {
        Settle(deliveryTag);
        _gathered.Add(deliveryTag);
    }

    /// <summary>The delivery is done with, and the broker has been told.</summary>
    public void Settle(ulong deliveryTag)
    {
        if (deliveryTag > _newest)
        {
            // The broker delivered those between, too, or it would not have come to this number.
            for (var between = _newest + 1; between < deliveryTag; between++)
                _open.Add(between);
            _newest = deliveryTag;
            return;
        }

        var index = _open.BinarySearch(deliveryTag);
        if (index < 0)
            throw new InvalidOperationException($"Delivery {deliveryTag} was settled before. The broker closes a channel on which that is said twice.");
        _open.RemoveAt(index);
    }

    /// <summary>
    /// Moves to the list what is to be sent now: one acknowledgement for all up to the first open delivery, and one each for those behind it that were held
    /// back before, hoping for the open one.
    /// </summary>
    /// <param name="due">An empty list. What it gets is sent, in any order, before anything is taken again.</param>
    /// <param name="mostAlone">How many deliveries may be acknowledged each by itself. The others are held back once more.</param>
    public void Take(List<Acknowledgement> due, int mostAlone = int.MaxValue)
    {
        var settledUpTo = _open.Count == 0 ? _newest : _open[0] - 1;
        var together = 0UL;
        var kept = 0;

        for (var index = 0; index < _held.Count; index++)
        {
            var held = _held[index];
            if (held <= settledUpTo)
                together = Math.Max(together, held);
            else if (due.Count < mostAlone)
                due.Add(new Acknowledgement(held, Multiple: false));
            else
                _held[kept++] = held;
        }

        _held.RemoveRange(kept, _held.Count - kept);
        foreach (var gathered in _gathered)
        {
            if (gathered <= settledUpTo)
                together = Math.Max(together, gathered);
            else
                _held.Add(gathered);
        }

        _gathered.Clear();
        if (together > 0)
            due.Add(new Acknowledgement(together, Multiple: true));
    }
}
