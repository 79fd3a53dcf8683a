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
    // RabbitMQ forgets acknowledgements of a quorum queue when the channel closes while 32 commands for that queue are under way. So the last ones must be
    // few: what waits for an open delivery waits for longer, and then not for all at once.
    private const int MomentsBetweenLastOnes = 10;
    private const int MostLastOnesAtOnce = 16;

    // Longer than a run of a few steps takes, so that the broker does not write acknowledgements to disk in the midst of it.
    private static readonly TimeSpan _longestWait = TimeSpan.FromMilliseconds(25);

    private readonly Lock _lock = new();
    private readonly DeliveryWindow _window = new();
    private readonly List<Acknowledgement> _due = [];
    private Task _sending = Task.CompletedTask;
    private TaskCompletionSource? _everythingSent;
    private object? _wait;
    private bool _isStopping;
    private int _lastMoments;

    /// <summary>The delivery was handled. The broker will be told soon; while the consumer stops, it has been told when the task completes.</summary>
    public Task AcknowledgeAsync(ulong deliveryTag)
    {
        lock (_lock)
        {
            _window.Acknowledge(deliveryTag);
            if (_window.Gathered == mostGathered)
                _ = SendNextAsync();
            else if (_wait is null)
                _ = SendSoonAsync();
            return _isStopping ? EverythingIsSentAsync() : Task.CompletedTask;
        }
    }

    /// <summary>The broker has been told already that the delivery is done with, by other means.</summary>
    public void Settle(ulong deliveryTag)
    {
        lock (_lock)
        {
            _window.Settle(deliveryTag);
        }
    }

    /// <summary>
    /// Cancels the consumer after what is being sent now and before what is sent later, and completes when everything is on its way that was handled until
    /// then. From now on nothing counts as acknowledged before that was sent.
    /// </summary>
    /// <param name="cancel">Cancels the consumer.</param>
    public async Task StopAsync(Func<Task> cancel)
    {
        Task cancelling;
        lock (_lock)
        {
            _isStopping = true;
            _sending = cancelling = CancelAfterAsync(_sending, cancel);
        }

        await cancelling;
        await EverythingIsSentAsync();
    }

    private Task EverythingIsSentAsync()
    {
        lock (_lock)
        {
            return _window.HasUnsent
                ? (_everythingSent ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : _sending;
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
                _ = SendNextAsync();
        }
    }

    // One after the other: a delivery that one of them names may be settled by the next.
    private Task SendNextAsync()
    {
        lock (_lock)
        {
            return _sending = SendAfterAsync(_sending);
        }
    }

    private static async Task CancelAfterAsync(Task previous, Func<Task> cancel)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await cancel();
    }

    private async Task SendAfterAsync(Task previous)
    {
        // Never within the lock, nor on the time of the message that happened to be the last. That a consumer could not be cancelled is told elsewhere.
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding | ConfigureAwaitOptions.SuppressThrowing);
        _due.Clear();
        lock (_lock)
        {
            _wait = null;
            _window.Take(_due, MostAlone());
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

        lock (_lock)
        {
            if (!_window.HasUnsent)
            {
                _everythingSent?.SetResult();
                _everythingSent = null;
            }
        }
    }

    private int MostAlone()
    {
        if (!_isStopping)
            return int.MaxValue;
        return ++_lastMoments % MomentsBetweenLastOnes == 0 ? MostLastOnesAtOnce : 0;
    }
}
