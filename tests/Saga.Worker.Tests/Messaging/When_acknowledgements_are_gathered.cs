using Saga.Worker.Messaging.Acknowledging;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Messaging;

public sealed class When_acknowledgements_are_gathered
{
    private const int MostGathered = 50;

    private readonly ModelChannel _channel = new();
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
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

        await _sent.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        _channel.Sent.ShouldBe([new Acknowledgement(MostGathered - 1, Multiple: true)]);
        time.Timers.ShouldBe(1);
    }

    [Fact]
    public async Task Many_do_not_wait_for_the_moment()
    {
        var acknowledgements = new GatheredAcknowledgements(SendAsync, MostGathered, new HeldTime());

        Handle(acknowledgements, MostGathered);

        await _sent.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        _channel.Sent.ShouldBe([new Acknowledgement(MostGathered, Multiple: true)]);
    }

    [Fact]
    public async Task A_wait_that_many_cut_short_does_not_cut_short_the_next()
    {
        var time = new HeldTime();
        var acknowledgements = new GatheredAcknowledgements(SendAsync, MostGathered, time);
        Handle(acknowledgements, MostGathered);
        await _sent.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);

        // Behind one that is still open it would be held back, and wait once more.
        _channel.Deliver();
        Handle(acknowledgements, 1);
        time.PassOldest();

        // A send that should not be would come before the cancellation.
        _ = acknowledgements.StopAsync(Cancel);
        await _cancelled.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        time.Timers.ShouldBe(2);
    }

    [Fact]
    public async Task A_consumer_has_stopped_when_it_is_cancelled_and_everything_is_sent_that_was_handled()
    {
        var time = new HeldTime();
        var acknowledgements = new GatheredAcknowledgements(SendAsync, MostGathered, time);
        Handle(acknowledgements, 3);
        var stopping = acknowledgements.StopAsync(Cancel);

        // What is gathered goes afterwards, when the queue has done what it was told before.
        await _cancelled.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        _channel.Sent.ShouldBeEmpty();
        stopping.IsCompleted.ShouldBeFalse();

        time.Pass();
        await stopping.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        _channel.Sent.ShouldBe([new Acknowledgement(3, Multiple: true)]);
    }

    // With the last of them MassTransit closes the channel.
    [Fact]
    public async Task While_it_stops_a_message_counts_as_acknowledged_only_when_that_was_sent()
    {
        var time = new HeldTime();
        var acknowledgements = new GatheredAcknowledgements(SendAsync, MostGathered, time);
        await acknowledgements.StopAsync(Cancel);

        var acknowledging = acknowledgements.AcknowledgeAsync(FinishNext());
        acknowledging.IsCompleted.ShouldBeFalse();
        time.Pass();

        await acknowledging.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        _channel.Open.ShouldBe(0);
    }

    // RabbitMQ would forget the last ones, had it so many under way that it puts some off.
    [Fact]
    public async Task What_waits_for_an_open_delivery_while_it_stops_goes_with_it()
    {
        var time = new HeldTime();
        var acknowledgements = new GatheredAcknowledgements(SendAsync, MostGathered, time);
        await acknowledgements.StopAsync(Cancel);
        var slow = _channel.Deliver();
        var quick = Enumerable.Range(0, MostGathered - 1).Select(_ => acknowledgements.AcknowledgeAsync(FinishNext())).ToList();

        for (var moments = 1; moments <= 3; moments++)
        {
            time.Pass();
            await time.HasTimersAsync(moments + 1).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        }

        _channel.Sent.ShouldBeEmpty();
        _channel.Finish(slow);
        quick.Add(acknowledgements.AcknowledgeAsync(slow));
        time.Pass();

        await Task.WhenAll(quick).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        _channel.Sent.ShouldBe([new Acknowledgement(MostGathered, Multiple: true)]);
    }

    [Fact]
    public async Task One_that_stays_open_holds_up_the_others_for_a_while_and_not_for_ever()
    {
        var acknowledgements = new GatheredAcknowledgements(SendAsync, MostGathered, TimeProvider.System);
        _channel.Deliver();
        Handle(acknowledgements, MostGathered - 1);

        await acknowledgements.StopAsync(Cancel);

        _channel.Broken.ShouldBeNull();
        _channel.Open.ShouldBe(1);
    }

    [Fact]
    public async Task A_consumer_that_cannot_be_cancelled_is_acknowledged_all_the_same()
    {
        var acknowledgements = new GatheredAcknowledgements(SendAsync, MostGathered, TimeProvider.System);

        await Should.ThrowAsync<TimeoutException>(acknowledgements.StopAsync(() => throw new TimeoutException("The broker does not answer.")));

        await acknowledgements.AcknowledgeAsync(FinishNext());
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
            TimeProvider.System);

        Handle(acknowledgements, 3);
        await acknowledgements.StopAsync(Cancel);
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
        await acknowledgements.StopAsync(Cancel);

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

    private Task Cancel()
    {
        _cancelled.TrySetResult();
        return Task.CompletedTask;
    }

    private ulong FinishNext()
    {
        var deliveryTag = _channel.Deliver();
        _channel.Finish(deliveryTag);
        return deliveryTag;
    }

    private void Handle(GatheredAcknowledgements acknowledgements, int count)
    {
        for (var handled = 0; handled < count; handled++)
            _ = acknowledgements.AcknowledgeAsync(FinishNext());
    }
}
