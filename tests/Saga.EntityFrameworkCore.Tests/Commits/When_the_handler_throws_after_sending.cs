using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Commits;

public sealed class When_the_handler_throws_after_sending(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task Nothing_is_stored_and_nothing_is_sent(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1", ThrowsAfterSending: true));
        await host.Received.OneAsync<Fault<SubmitOrder>>();

        (await host.AskAsync(db => db.Orders.AnyAsync())).ShouldBeFalse();
        (await host.CountOutboxAsync()).ShouldBe(0);
        host.Traffic.Seen.ShouldNotContain("send OrderAccepted");
        host.Traffic.Seen.ShouldNotContain("send PackOrder");
    }

    [Theory, EveryDatabase]
    public async Task The_same_instance_takes_the_next_message(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = Guid.NewGuid();

        await host.SendAsync(new SubmitOrder(id, "1", ThrowsAfterSending: true));
        await host.Received.OneAsync<Fault<SubmitOrder>>();
        await host.SendAsync(new SubmitOrder(id, "1"));

        (await host.Received.OneAsync<PackOrder>()).Message.OrderId.ShouldBe(id);
    }
}
