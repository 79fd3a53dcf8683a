using MassTransit;
using Microsoft.EntityFrameworkCore;
using Saga.EntityFrameworkCore.Tests.Baskets;

namespace Saga.EntityFrameworkCore.Tests.Sagas;

public sealed class When_an_instance_has_child_rows(PostgresServer postgres)
{
    private static readonly Uri _baskets = new("exchange:baskets");

    [Theory, EveryDatabase]
    public async Task They_are_loaded_added_changed_and_deleted_with_it(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, WithBaskets(query => query.Include(basket => basket.Lines)));
        var id = Guid.NewGuid();

        (await PutAsync(host, id, "pears", 2)).ShouldBe("2 pears");
        (await PutAsync(host, id, "apples", 1)).ShouldBe("1 apples, 2 pears");
        (await PutAsync(host, id, "pears", 3)).ShouldBe("1 apples, 5 pears");
        (await PutAsync(host, id, "apples", -1)).ShouldBe("5 pears");

        (await host.AskAsync(db => db.Set<BasketLine>().Select(line => line.Amount).ToListAsync())).ShouldBe([5]);
    }

    [Theory, EveryDatabase]
    public async Task They_may_be_loaded_by_a_query_of_their_own(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, WithBaskets(query => query.Include(basket => basket.Lines).AsSplitQuery()));
        await host.SeeFirstSweepAsync();
        var id = Guid.NewGuid();

        await PutAsync(host, id, "pears", 2);
        host.Traffic.Forget();

        (await PutAsync(host, id, "pears", 3)).ShouldBe("5 pears");
        host.Traffic.Seen.Count(entry => entry == "SELECT").ShouldBe(2);
    }

    [Theory, EveryDatabase]
    public async Task A_change_of_a_child_alone_is_guarded_by_the_version_of_the_instance(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database, WithBaskets(query => query.Include(basket => basket.Lines)));
        var id = Guid.NewGuid();
        await PutAsync(host, id, "pears", 1);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => SendAsync(host, new PutIntoBasket(id, "pears", 1))));

        await host.SeeAsync("every pear", db => db.Set<BasketLine>().AnyAsync(line => line.Amount == 31));
        (await host.AskAsync(db => db.Set<Basket>().SingleAsync())).Version.ShouldBe(30);
    }

    private static HostSettings WithBaskets(Func<IQueryable<Basket>, IQueryable<Basket>> query) => new()
    {
        Register = bus => bus.AddSagaStateMachine<BasketStateMachine, Basket>()
            .EntityFrameworkRepository(repository =>
            {
                repository.CustomizeQuery(query);
                repository.ExistingDbContext<OrderDbContext>();
            })
            .ExcludeFromConfigureEndpoints(),
        Endpoints = (context, memory, received) =>
        {
            memory.ReceiveEndpoint("baskets", endpoint =>
            {
                endpoint.UseEntityFrameworkOutbox<OrderDbContext>(context);
                endpoint.ConfigureSaga<Basket>(context);
            });
            memory.ReceiveEndpoint("basket-readers", received.Take<BasketChanged>);
        },
    };

    private static async Task<string> PutAsync(OrderHost host, Guid id, string article, int amount)
    {
        var before = host.Received.All<BasketChanged>().Count;
        await SendAsync(host, new PutIntoBasket(id, article, amount));
        return (await host.Received.SomeAsync<BasketChanged>(before + 1))[before].Message.Contents;
    }

    private static async Task SendAsync(OrderHost host, PutIntoBasket put) => await (await host.Harness.Bus.GetSendEndpoint(_baskets)).Send(put);
}
