namespace Saga.EntityFrameworkCore.Tests.Delivery;

public sealed class When_the_host_stops_while_a_message_is_delivered(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task Its_row_is_deleted_so_that_nobody_delivers_it_again(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var delivering = new TaskCompletionSource();
        var brokerAnswers = new TaskCompletionSource();
        host.Traffic.OnDelivery = async message =>
        {
            if (message is PackOrder)
            {
                delivering.SetResult();
                await brokerAnswers.Task;
            }
        };
        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await delivering.Task;

        var stopping = host.StopAsync(CancellationToken.None);
        brokerAnswers.SetResult();
        await stopping;

        (await host.CountOutboxAsync()).ShouldBe(0);
    }
}
