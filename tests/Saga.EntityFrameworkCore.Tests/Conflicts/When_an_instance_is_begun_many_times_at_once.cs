using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Conflicts;

public sealed class When_an_instance_is_begun_many_times_at_once(PostgresServer postgres)
{
    private const int Times = 50;

    [Theory, EveryDatabase]
    public async Task There_is_one_instance_and_one_set_of_messages(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = Guid.NewGuid();

        await Task.WhenAll(Enumerable.Range(0, Times).Select(_ => host.SendAsync(new SubmitOrder(id, "1"))));

        await ShouldHaveBegunOnceAsync([host]);
    }

    [Fact]
    public async Task Two_processes_begin_it_once_between_them()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        await using var one = await OrderHost.StartAsync(database);
        await using var other = await OrderHost.StartAsync(database);
        var id = Guid.NewGuid();

        await Task.WhenAll(Enumerable.Range(0, Times).Select(turn => (turn % 2 == 0 ? one : other).SendAsync(new SubmitOrder(id, "1"))));

        await ShouldHaveBegunOnceAsync([one, other]);
    }

    [Theory, EveryDatabase]
    public async Task A_unique_column_settles_it_where_they_are_found_by_a_query(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);

        await Task.WhenAll(Enumerable.Range(0, Times).Select(_ => host.SendAsync(new OrderByNumber("7", 1))));

        await host.SeeAsync("every item", db => db.Orders.AnyAsync(order => order.Number == "7" && order.Total == Times));
        (await host.AskAsync(db => db.Orders.CountAsync())).ShouldBe(1);
    }

    private static async Task ShouldHaveBegunOnceAsync(OrderHost[] hosts)
    {
        await Eventually.TrueAsync("every message to be consumed", _ => Task.FromResult(
            hosts.Sum(host => host.Harness.Consumed.Select<SubmitOrder>(new CancellationToken(true)).Count()) >= Times));
        await hosts[0].SeeRowsLeftBehindAsync(0);

        (await hosts[0].AskAsync(db => db.Orders.CountAsync())).ShouldBe(1);
        (await Eventually.SeeAsync("a packed order", _ => Task.FromResult(hosts.Sum(host => host.Received.All<PackOrder>().Count)), count => count > 0))
            .ShouldBe(1);
        hosts.ShouldAllBe(host => host.Received.All<Fault<SubmitOrder>>().Count == 0);
    }
}
