using Saga.Worker.Messaging.Acknowledging;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Messaging;

public sealed class When_acknowledgements_are_gathered
{
    private const int MostGathered = 50;

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly ModelChannel _channel = new();
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;
    private int _mostUnderWay;

    [Fact]
    public async Task Those_of_one_moment_are_sent_as_one_after_it()
    {
        var time = new HeldTime();
        var acknowledgements = new GatheredAcknowledgements(SendAsync, MostGathered, time);

        Handle(acknowledgements, MostGathered - 1);
        _channel.Sent.ShouldBeEmpty();
        time.Pass();

        await _sent.Task.WaitAsync(_patience, TestContext.Current.CancellationToken);
        _channel.Sent.ShouldBe([new Acknowledgement(MostGathered - 1, Multiple: true)]);
        time.Timers.ShouldBe(1);
    }

    [Fact]
    public async Task Many_do_not_wait_for_the_moment()
    {
        var acknowledgements = new GatheredAcknowledgements(SendAsync, MostGathered, new HeldTime());

        Handle(acknowledgements, MostGathered);

        await _sent.Task.WaitAsync(_patience, TestContext.Current.CancellationToken);
        _channel.Sent.ShouldBe([new Acknowledgement(MostGathered, Multiple: true)]);
    }

    [Fact]
    public async Task A_wait_that_many_cut_short_does_not_cut_short_the_next()
    {
        var time = new HeldTime();
        var acknowledgements = new GatheredAcknowledgements(SendAsync, MostGathered, time);
        Handle(acknowledgements, MostGathered);
        await _sent.Task.WaitAsync(_patience, TestContext.Current.CancellationToken);

        // Behind one that is still open it would be held back, and wait once more.
        _channel.Deliver();
        Handle(acknowledgements, 1);
        time.PassOldest();
        await acknowledgements.StopGatheringAsync();

        time.Timers.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_waits_any_more_once_gathering_has_stopped()
    {
        var acknowledgements = new GatheredAcknowledgements(SendAsync, MostGathered, new HeldTime());
        _channel.Deliver();
        Handle(acknowledgements, 3);

        await acknowledgements.StopGatheringAsync();

        _channel.Open.ShouldBe(1, "One is still being handled.");

        _channel.Finish(1);
        await acknowledgements.AcknowledgeAsync(1);
        _channel.Broken.ShouldBeNull();
        _channel.Open.ShouldBe(0);
    }

    [Fact]
    public async Task A_channel_that_is_gone_makes_nothing_fail()
    {
        var tried = 0;
        var acknowledgements = new GatheredAcknowledgements(
            _ =>
            {
                tried++;
                throw new InvalidOperationException("The channel is closed.");
            },
            MostGathered,
            new HeldTime());

        Handle(acknowledgements, 3);
        await acknowledgements.StopGatheringAsync();
        tried.ShouldBe(1);

        var deliveryTag = _channel.Deliver();
        _channel.Finish(deliveryTag);
        await acknowledgements.AcknowledgeAsync(deliveryTag);
        tried.ShouldBe(2);
    }

    // Two under way at once could overtake each other, and the broker closes the channel when a delivery is named that another has settled.
    [Fact]
    public async Task One_is_sent_after_the_other_however_many_are_handled_at_once()
    {
        var acknowledgements = new GatheredAcknowledgements(SendSlowlyAsync, MostGathered, TimeProvider.System);

        await Parallel.ForEachAsync(Enumerable.Range(0, 5_000), new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (number, cancellation) =>
        {
            var deliveryTag = _channel.Deliver();
            if (number % 10 == 0)
                await Task.Delay(number % 20, cancellation);
            _channel.Finish(deliveryTag);
            if (number % 97 == 0)
            {
                _channel.HandBack(deliveryTag);
                acknowledgements.Settle(deliveryTag);
            }
            else
            {
                await acknowledgements.AcknowledgeAsync(deliveryTag);
            }
        });
        await acknowledgements.StopGatheringAsync();

        _channel.Broken.ShouldBeNull();
        _channel.Open.ShouldBe(0);
        _mostUnderWay.ShouldBe(1);
    }

    private async ValueTask SendSlowlyAsync(Acknowledgement acknowledgement)
    {
        _mostUnderWay = Math.Max(_mostUnderWay, Interlocked.Increment(ref _underWay));
        if (acknowledgement.DeliveryTag % 3 == 0)
            await Task.Delay(1);
        _channel.Acknowledge(acknowledgement);
        Interlocked.Decrement(ref _underWay);
    }

    private ValueTask SendAsync(Acknowledgement acknowledgement)
    {
        _channel.Acknowledge(acknowledgement);
        _sent.TrySetResult();
        return ValueTask.CompletedTask;
    }

    private void Handle(GatheredAcknowledgements acknowledgements, int count)
    {
        for (var handled = 0; handled < count; handled++)
        {
            var deliveryTag = _channel.Deliver();
            _channel.Finish(deliveryTag);
            _ = acknowledgements.AcknowledgeAsync(deliveryTag);
        }
    }
}
