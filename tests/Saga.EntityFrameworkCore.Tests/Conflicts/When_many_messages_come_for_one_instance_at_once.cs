using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Saga.EntityFrameworkCore.Tests.Conflicts;

public sealed class When_many_messages_come_for_one_instance_at_once(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Items = 200;

    [Theory, EveryDatabase]
    public async Task None_of_them_is_lost(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = await BeginAsync(host);

        await AddItemsAsync(id, host);

        await ShouldHaveAddedAllAsync(id, host);
    }

    [Theory, EveryDatabase]
    public async Task They_queue_in_their_process_and_are_handled_once_each_and_committed_together(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        await host.SeeFirstSweepAsync();
        var id = await BeginAsync(host);
        host.Traffic.Forget();

        await AddItemsAsync(id, host);
        await ShouldHaveAddedAllAsync(id, host);

        host.Traffic.Seen.Count(entry => entry == "COMMIT").ShouldBeLessThan(Items);
        host.Traffic.Seen.ShouldNotContain("SELECT");
    }

    [Fact]
    public async Task Four_processes_lose_none_either()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Postgres);
        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OrderHost.StartAsync(database)));
        var id = await BeginAsync(hosts[0]);
        foreach (var host in hosts)
            host.Traffic.Forget();

        await AddItemsAsync(id, hosts);
        await ShouldHaveAddedAllAsync(id, hosts);

        output.WriteLine($"{hosts.Sum(host => host.Traffic.Seen.Count(entry => entry == "SELECT"))} loads for {Items} messages");
        foreach (var host in hosts)
            await host.DisposeAsync();
    }

    [Theory, EveryDatabase]
    public async Task Instances_found_by_a_query_lose_none_either(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);
        var id = await BeginAsync(host);

        await Task.WhenAll(Enumerable.Range(0, 50).SelectMany(_ => new[]
        {
            host.SendAsync(new OrderByNumber("1", 1)), host.SendAsync(new AddItem(id, 1)),
        }));

        await host.SeeAsync("every item", db => db.Orders.AnyAsync(order => order.Total == 100));
        (await host.FindAsync(id))!.Version.ShouldBe(100);
    }

    private static async Task<Guid> BeginAsync(OrderHost host)
    {
        var id = Guid.NewGuid();
        await host.SendAsync(new SubmitOrder(id, "1"));
        await host.Received.OneAsync<PackOrder>();
        await host.SeeRowsLeftBehindAsync(0);
        return id;
    }

    private static Task AddItemsAsync(Guid id, params OrderHost[] hosts) =>
        Task.WhenAll(Enumerable.Range(0, Items).Select(turn => hosts[turn % hosts.Length].SendAsync(new AddItem(id, 1))));

    private static async Task ShouldHaveAddedAllAsync(Guid id, params OrderHost[] hosts)
    {
        await Eventually.TrueAsync("every message to end", _ => Task.FromResult(
            hosts.Sum(host => host.Received.All<ItemAdded>().Count + host.Received.All<Fault<AddItem>>().Count) >= Items));

        var order = await hosts[0].FindAsync(id);
        hosts.Sum(host => host.Received.All<Fault<AddItem>>().Count).ShouldBe(0);
        order!.Total.ShouldBe(Items);
        order.Version.ShouldBe(Items);
        hosts.SelectMany(host => host.Received.All<ItemAdded>()).Select(added => added.Message.Total).Order().ShouldBe(Enumerable.Range(1, Items));
    }
}
