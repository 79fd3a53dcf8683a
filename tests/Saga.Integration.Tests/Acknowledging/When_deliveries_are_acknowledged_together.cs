using MassTransit;
using RabbitMQ.Client;
using Saga.Integration.Tests.Servers;
using Saga.Worker.Hosting;
using Shouldly;

namespace Saga.Integration.Tests.Acknowledging;

public sealed class When_deliveries_are_acknowledged_together(TestServers servers)
{
    private const int Count = 3_000;

    [Theory, InlineData(QueueType.Quorum), InlineData(QueueType.Classic)]
    public async Task Nothing_that_was_handled_before_a_stop_comes_again(QueueType queueType)
    {
        await using var virtualHost = await servers.CreateVirtualHostAsync();
        await using var mail = new NumberedMail(virtualHost, queueType);
        const int first = Count / 5;
        var begun = 0;
        var theyMayGoOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await mail.TakeAsync(async (number, context) =>
        {
            if (Interlocked.Increment(ref begun) > first)
                await theyMayGoOn.Task;
            await SometimesSlowlyAsync(number, context);
        });
        await mail.SendAsync(1, Count);

        // As many as are handled at once are in work when it begins to stop, and are handled while it stops. The others have not begun.
        await Eventually.SeeAsync("some to be in work", _ => Task.FromResult((mail.Handled.Count, Volatile.Read(ref begun))), seen => seen == (first, first + NumberedMail.AtOnce));
        var stopping = mail.StopAsync();
        theyMayGoOn.SetResult();
        await stopping;
        mail.Handled.Count.ShouldBeGreaterThan(first);

        var rest = new List<int>();
        await Eventually.SeeAsync(
            "every message to be handled or in its queue",
            async cancellation =>
            {
                rest.AddRange(await mail.TakeTheRestAsync(cancellation));
                return rest.Concat(mail.Handled).Distinct().Count();
            },
            seen => seen == Count);
        rest.Concat(mail.Handled).ShouldBeUnique();
    }

    [Fact]
    public async Task What_is_handed_back_in_between_comes_again_and_nothing_else()
    {
        await using var virtualHost = await servers.CreateVirtualHostAsync();
        await using var mail = new NumberedMail(virtualHost);
        await mail.TakeAsync(async (number, context) =>
        {
            await SometimesSlowlyAsync(number, context);
            if (number % 7 == 0 && !context.ReceiveContext.Redelivered)
                throw new InvalidOperationException("Not yet.");
        });

        await mail.SendAsync(1, Count);

        await Eventually.SeeAsync("every message to be handled", _ => Task.FromResult(mail.Handled.Distinct().Count()), handled => handled == Count);
        await mail.StopAsync();
        mail.Handled.ShouldBeUnique();
        (await mail.TakeTheRestAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        mail.Moments.ShouldBeInRange(1, Count / 10);
    }

    // MassTransit consumes again on the same channel, whose numbers go on.
    [Fact]
    public async Task A_consumer_that_the_broker_cancelled_is_followed_by_one_that_acknowledges()
    {
        await using var virtualHost = await servers.CreateVirtualHostAsync();
        await using var mail = new NumberedMail(virtualHost);
        mail.LetTimePass();
        await mail.TakeAsync(SometimesSlowlyAsync);
        await mail.SendAsync(1, 500);
        await Eventually.SeeAsync("the first half to be handled", _ => Task.FromResult(mail.Handled.Count), handled => handled == 500);

        await DeleteQueueAsync(virtualHost.Uri);
        await Eventually.SeeAsync("a new queue", cancellation => ConsumersAsync(virtualHost.Uri, cancellation), consumers => consumers == 1);
        await mail.SendAsync(501, 500);

        await Eventually.SeeAsync("the second half to be handled", _ => Task.FromResult(mail.Handled.Count), handled => handled == 1_000);
        await mail.StopAsync();
        mail.Handled.ShouldBeUnique();
        (await mail.TakeTheRestAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    private static Task SometimesSlowlyAsync(int number, ConsumeContext context) =>
        number % 25 == 0 ? Task.Delay(number % 50, context.CancellationToken) : Task.CompletedTask;

    private static async Task DeleteQueueAsync(Uri broker)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(NumberedMail.Queue);
    }

    private static async Task<uint> ConsumersAsync(Uri broker, CancellationToken cancellation)
    {
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        return (await channel.QueueDeclarePassiveAsync(NumberedMail.Queue, cancellation)).ConsumerCount;
    }
}
