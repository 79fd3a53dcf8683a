using FsCheck;
using FsCheck.Fluent;
using Saga.Worker.Messaging.Acknowledging;
using Shouldly;
using Xunit;

namespace Saga.Worker.Tests.Messaging;

public sealed class When_deliveries_are_settled
{
    private readonly DeliveryWindow _window = new();

    [Fact]
    public void Those_without_a_gap_are_acknowledged_by_one_command()
    {
        Acknowledge(2, 1, 3);

        Take().ShouldBe([Together(3)]);
        _window.HasUnsent.ShouldBeFalse();
    }

    [Fact]
    public void Nothing_is_sent_when_nothing_was_handled() => Take().ShouldBeEmpty();

    [Fact]
    public void Those_behind_a_gap_are_held_back_once_and_then_acknowledged_each()
    {
        Acknowledge(1, 3, 4);

        Take().ShouldBe([Together(1)]);
        _window.HasUnsent.ShouldBeTrue();
        Take().ShouldBe([Alone(3), Alone(4)]);
        _window.HasUnsent.ShouldBeFalse();
    }

    [Fact]
    public void Those_held_back_go_with_the_others_when_the_gap_closes()
    {
        Acknowledge(2, 3);
        Take().ShouldBeEmpty();

        Acknowledge(1);

        Take().ShouldBe([Together(3)]);
    }

    [Fact]
    public void One_that_was_acknowledged_alone_is_passed_over_and_never_named_again()
    {
        Acknowledge(2, 3);
        Take();
        Take().ShouldBe([Alone(2), Alone(3)]);

        Acknowledge(1);
        Take().ShouldBe([Together(1)]);

        Acknowledge(4);
        Take().ShouldBe([Together(4)]);
    }

    [Fact]
    public void One_that_was_handed_back_is_passed_over_and_never_named()
    {
        Acknowledge(1);
        _window.Settle(2);
        Take().ShouldBe([Together(1)]);

        Acknowledge(4);
        _window.Settle(3);
        Take().ShouldBe([Together(4)]);
    }

    [Fact]
    public void Those_behind_a_gap_are_acknowledged_each_no_more_at_once_than_is_allowed()
    {
        Acknowledge(1, 3, 4, 6, 7);

        Take(mostAlone: 2).ShouldBe([Together(1)]);
        Take(mostAlone: 2).ShouldBe([Alone(3), Alone(4)]);
        Take(mostAlone: 0).ShouldBeEmpty();
        _window.HasUnsent.ShouldBeTrue();

        Acknowledge(2, 5);
        Take(mostAlone: 0).ShouldBe([Together(7)]);
        _window.HasUnsent.ShouldBeFalse();
    }

    [Fact]
    public void A_second_acknowledgement_of_the_same_is_refused()
    {
        Acknowledge(1);

        Should.Throw<InvalidOperationException>(() => Acknowledge(1)).Message.ShouldContain("Delivery 1");
    }

    // A message that takes hours, while the broker delivers the next as soon as one is acknowledged.
    [Fact]
    public void Nothing_grows_while_one_is_handled_for_hours()
    {
        var due = new List<Acknowledgement>(capacity: 16);
        AllocatedBy(from: 2, to: 1_000);

        // Whatever remembers each would grow in every one of them. A garbage collection in one has the runtime count up to 8 kB that nobody asked for.
        long[] allocated = [AllocatedBy(from: 1_001, to: 10_000), AllocatedBy(from: 10_001, to: 100_000), AllocatedBy(from: 100_001, to: 1_000_000)];
        allocated.Min().ShouldBeLessThan(1_000);

        long AllocatedBy(ulong from, ulong to)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var deliveryTag = from; deliveryTag <= to; deliveryTag++)
            {
                _window.Acknowledge(deliveryTag);
                due.Clear();
                _window.Take(due);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void The_broker_never_hears_what_it_would_refuse_and_in_the_end_has_heard_everything() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1_000).WithEndSize(1_000).WithQuietOnSuccess(true),
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), PlayAnyOrder));

    private static void PlayAnyOrder(byte[] turns)
    {
        var window = new DeliveryWindow();
        var channel = new ModelChannel();
        foreach (var turn in turns)
        {
            Play(turn % 16, turn / 16, window, channel);
            channel.Broken.ShouldBeNull();
        }

        while (channel.BeingHandled > 0)
            window.Acknowledge(channel.FinishAt(0));
        Flush(window, channel, mostAlone: 0);

        channel.Broken.ShouldBeNull();
        channel.Open.ShouldBe(0);
        window.HasUnsent.ShouldBeFalse();
    }

    // Deliveries, answers in some order, a few handed back, and every now and then the moment to send.
    private static void Play(int what, int which, DeliveryWindow window, ModelChannel channel)
    {
        switch (what)
        {
            case < 7:
                channel.Deliver();
                break;
            case < 13 when channel.BeingHandled > which:
                window.Acknowledge(channel.FinishAt(which));
                break;
            case 13 when channel.BeingHandled > which:
                var handedBack = channel.FinishAt(which);
                channel.HandBack(handedBack);
                window.Settle(handedBack);
                break;
            case > 13:
                Flush(window, channel, which);
                break;
        }
    }

    private static void Flush(DeliveryWindow window, ModelChannel channel, int mostAlone)
    {
        var due = new List<Acknowledgement>();
        window.Take(due, mostAlone);
        due.ForEach(channel.Acknowledge);
    }

    private static Acknowledgement Together(ulong deliveryTag) => new(deliveryTag, Multiple: true);

    private static Acknowledgement Alone(ulong deliveryTag) => new(deliveryTag, Multiple: false);

    private void Acknowledge(params ReadOnlySpan<ulong> deliveryTags)
    {
        foreach (var deliveryTag in deliveryTags)
            _window.Acknowledge(deliveryTag);
    }

    private List<Acknowledgement> Take(int mostAlone = int.MaxValue)
    {
        var due = new List<Acknowledgement>();
        _window.Take(due, mostAlone);
        return due;
    }
}
