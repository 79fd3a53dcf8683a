using MassTransit;

namespace Saga.Worker.Messaging.Acknowledging;

/// <summary>
/// Acknowledges the deliveries of one channel: a moment after the first was handled, together with those that were handled meanwhile. While nothing is handled,
/// nothing runs.
/// </summary>
/// <param name="send">Puts an acknowledgement on its way to the broker.</param>
/// <param name="mostGathered">This many do not wait.</param>
/// <param name="time">Measures the moment.</param>
internal sealed class GatheredAcknowledgements(Func<Acknowledgement, ValueTask> send, int mostGathered, TimeProvider time)
{
    // Longer than a run of a few steps takes, so that the broker does not write acknowledgements to disk in the midst of it.
    private static readonly TimeSpan _longestWait = TimeSpan.FromMilliseconds(25);

    private readonly Lock _lock = new();
    private readonly DeliveryWindow _window = new();
    private readonly List<Acknowledgement> _due = [];
    private Task _sending = Task.CompletedTask;
    private object? _wait;
    private bool _isStopping;

    /// <summary>The delivery was handled. The broker will be told soon; once gathering has stopped, when the task completes.</summary>
    public Task AcknowledgeAsync(ulong deliveryTag)
    {
        lock (_lock)
        {
            _window.Acknowledge(deliveryTag);
            if (_isStopping)
                return SendNextAsync(everything: true);
            if (_window.Gathered == mostGathered)
                _ = SendNextAsync(everything: false);
            else if (_wait is null)
                _ = SendSoonAsync();
        }

        return Task.CompletedTask;
    }

    /// <summary>The broker has been told already that the delivery is done with, by other means.</summary>
    public void Settle(ulong deliveryTag)
    {
        lock (_lock)
        {
            _window.Settle(deliveryTag);
        }
    }

    /// <summary>Completes when everything is on its way that was handled until now. From then on nothing waits for others.</summary>
    public Task StopGatheringAsync()
    {
        lock (_lock)
        {
            _isStopping = true;
            return SendNextAsync(everything: true);
        }
    }

    private async Task SendSoonAsync()
    {
        var wait = _wait = new object();
        await Task.Delay(_longestWait, time);
        lock (_lock)
        {
            // Otherwise so many came that they did not wait, and those after them have a wait of their own.
            if (_wait == wait)
                _ = SendNextAsync(everything: false);
        }
    }

    // One after the other: a delivery that one of them names may be settled by the next.
    private Task SendNextAsync(bool everything)
    {
        lock (_lock)
        {
            return _sending = SendAfterAsync(_sending, everything);
        }
    }

    private async Task SendAfterAsync(Task previous, bool everything)
    {
        // Never within the lock, nor on the time of the message that happened to be the last.
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        _due.Clear();
        lock (_lock)
        {
            _wait = null;
            _window.Take(_due, everything);
            if (_window.HasUnsent)
                _ = SendSoonAsync();
        }

        try
        {
            foreach (var acknowledgement in _due)
                await send(acknowledgement);
        }
        catch (Exception exception)
        {
            // The channel is gone. The broker delivers them again on another, and they are duplicates then.
            LogContext.Debug?.Log(exception, "Handled messages could not be acknowledged");
        }
    }
}
