using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Saga.EntityFrameworkCore.Sagas;

namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>A host whose commits a test can hold, so that a message is handled while the one before it is not committed yet.</summary>
internal sealed class HeldHost : IAsyncDisposable
{
    private HandledEvents _handled = null!;
    private HeldCommit? _commit;

    public OrderHost Host { get; private set; } = null!;

    public ReceivedMessages Received => Host.Received;

    public static async Task<HeldHost> StartAsync(IOrderDatabase database)
    {
        var held = new HeldHost();
        held.Host = await OrderHost.StartAsync(database);
        held._handled = new HandledEvents(held.Host);
        return held;
    }

    /// <summary>Has an order that is committed, its messages delivered and their rows deleted.</summary>
    public async Task<Guid> BeginAsync(string number)
    {
        var id = Guid.NewGuid();
        var before = Received.All<PackOrder>().Count;
        await Host.SendAsync(new SubmitOrder(id, number));
        await Received.SomeAsync<PackOrder>(before + 1);
        await Host.SeeRowsLeftBehindAsync(0);
        return id;
    }

    /// <summary>Has the commit of another order's item wait, so that what is saved meanwhile gathers in the next batch.</summary>
    public async Task HoldAsync()
    {
        var other = await BeginAsync("other");
        _commit = new HeldCommit(Host.Traffic);
        await HandleAsync(new AddItem(other, 1));
        await _commit.Reached;
    }

    public void Release() => _commit!.Release();

    /// <summary>Sends them, and returns once each is handled. Whether they can be saved shows later.</summary>
    public async Task HandleAsync<T>(params T[] messages)
        where T : class
    {
        var before = _handled.Count;
        foreach (var message in messages)
            await Host.SendAsync(message);
        await _handled.SeeAsync(before + messages.Length);
    }

    /// <summary>Sends them, and returns once the changes of each wait to be saved. They must leave the order to the next message.</summary>
    public async Task GatherAsync<T>(Guid order, params T[] messages)
        where T : class
    {
        await HandleAsync(messages);

        // The last of them lets go of the order when its changes wait with those of the others.
        (await Host.Services.GetRequiredService<InstanceLock>().AcquireAsync(order, CancellationToken.None)).Dispose();
    }

    /// <summary>Adds items of 1 to the order, as <see cref="GatherAsync"/> does.</summary>
    public Task GatherItemsAsync(Guid order, int count) => GatherAsync(order, [.. Enumerable.Range(0, count).Select(_ => new AddItem(order, 1))]);

    /// <summary>Waits until so many items have been added to orders, and returns what each addition to this one made its total.</summary>
    public async Task<IEnumerable<int>> SeeTotalsAsync(Guid order, int items) => TotalsIn(await Received.SomeAsync<ItemAdded>(items), order);

    /// <summary>What each addition to the order made its total so far.</summary>
    public IEnumerable<int> TotalsOf(Guid order) => TotalsIn(Received.All<ItemAdded>(), order);

    public async ValueTask DisposeAsync()
    {
        // A test that failed before it let go must not wait for the commit that it holds.
        _commit?.Release();
        _handled.Dispose();
        await Host.DisposeAsync();
        _commit?.Dispose();
    }

    private static IEnumerable<int> TotalsIn(IEnumerable<ConsumeContext<ItemAdded>> added, Guid order) =>
        added.Where(message => message.Message.OrderId == order).Select(message => message.Message.Total).Order();
}
