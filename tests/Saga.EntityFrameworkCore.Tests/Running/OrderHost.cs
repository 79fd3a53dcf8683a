using MassTransit;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Saga.EntityFrameworkCore.Tests.Running;

/// <summary>A process of its own as far as the outbox is concerned: a bus with the order saga, on a database it may share with others.</summary>
internal sealed class OrderHost : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly IOrderDatabase _database;

    private OrderHost(IOrderDatabase database, HostSettings settings)
    {
        _database = database;
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddSingleton(settings.Clock);
        if (settings.Pooled)
            services.AddDbContextPool<OrderDbContext>(Use, poolSize: 16);
        else
            services.AddDbContext<OrderDbContext>(Use);
        _provider = services
            .AddMassTransitTestHarness(bus => OrderBus.Configure(bus, settings, Traffic, Received))
            .BuildServiceProvider(validateScopes: true);

        void Use(DbContextOptionsBuilder options)
        {
            database.Use(options);
            options.AddInterceptors(Traffic);
            if (settings.SeesTransactions)
                options.AddInterceptors(Traffic.Transactions);
        }
    }

    public Traffic Traffic { get; } = new();

    /// <summary>What arrived at the queues of other services.</summary>
    public ReceivedMessages Received { get; } = new();

    public IServiceProvider Services => _provider;

    public ITestHarness Harness => _provider.GetRequiredService<ITestHarness>();

    public static async Task<OrderHost> StartAsync(IOrderDatabase database, HostSettings? settings = null)
    {
        settings ??= new HostSettings();
        var host = new OrderHost(database, settings);
        settings.BeforeStart(host.Traffic);
        await host.Harness.Start();
        return host;
    }

    /// <summary>A scope outside a consumer, as that of an HTTP request.</summary>
    public RequestScope BeginRequest() => new(_provider.CreateAsyncScope());

    /// <summary>Sends to the queue of the order saga, or to that of a consumer.</summary>
    public async Task SendAsync<T>(T message, Action<SendContext<T>>? configure = null)
        where T : class
    {
        var endpoint = await Harness.Bus.GetSendEndpoint(
            typeof(T) == typeof(TakeNote) ? OrderBus.Notes : typeof(T) == typeof(CopyNote) ? OrderBus.Copies : OrderBus.Orders);
        await endpoint.Send(message, Pipe.Execute<SendContext<T>>(context => configure?.Invoke(context)));
    }

    /// <summary>What the database says, past the host.</summary>
    public async Task<T> AskAsync<T>(Func<OrderDbContext, Task<T>> query)
    {
        await using var dbContext = OrderDbContext.Open(_database);
        return await query(dbContext);
    }

    public Task<Order?> FindAsync(Guid id) => AskAsync(db => db.Orders.SingleOrDefaultAsync(order => order.CorrelationId == id));

    public Task<int> CountOutboxAsync() => AskAsync(db => db.Outbox.CountAsync());

    /// <summary>Waits until so many messages are stored and not delivered.</summary>
    public Task SeeRowsLeftBehindAsync(int count) =>
        Eventually.SeeAsync($"{count} outbox rows", _ => CountOutboxAsync(), found => found == count);

    /// <summary>Waits until the sweep of the start has asked the database all it asks. Nobody else may have asked anything yet.</summary>
    public Task SeeFirstSweepAsync() => Eventually.TrueAsync("the first sweep", _ => Task.FromResult(Traffic.Seen.Contains("SELECT")));

    /// <summary>Waits until the database says so.</summary>
    public Task SeeAsync(string expectation, Func<OrderDbContext, Task<bool>> condition) =>
        Eventually.TrueAsync(expectation, _ => AskAsync(condition));

    /// <summary>Stops it as the generic host would, which runs out of patience with <paramref name="patience"/>.</summary>
    public async Task StopAsync(CancellationToken patience)
    {
        var services = _provider.GetServices<IHostedService>().Reverse().ToList();
        foreach (var service in services)
            await service.StopAsync(patience);
        foreach (var service in services.OfType<IHostedLifecycleService>())
            await service.StoppedAsync(patience);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        await _provider.DisposeAsync();
    }
}
