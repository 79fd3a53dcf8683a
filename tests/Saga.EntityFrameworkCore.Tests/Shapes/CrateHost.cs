using MassTransit;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Saga.EntityFrameworkCore.Tests.Shapes;

/// <summary>A process that handles crates of one shape.</summary>
internal sealed class CrateHost<TCrate> : IAsyncDisposable
    where TCrate : class, IShaped<TCrate>, new()
{
    private readonly ServiceProvider _provider;

    private CrateHost(IOrderDatabase database) => _provider = new ServiceCollection()
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
        .AddDbContext<CrateDbContext<TCrate>>(options => database.Use(options))
        .AddMassTransitTestHarness(Configure)
        .BuildServiceProvider(validateScopes: true);

    public ReceivedMessages Received { get; } = new();

    public static async Task<CrateHost<TCrate>> StartAsync(IOrderDatabase database)
    {
        var host = new CrateHost<TCrate>(database);
        await host._provider.GetRequiredService<ITestHarness>().Start();
        return host;
    }

    public async Task SendAsync<T>(T message)
        where T : class => await (await _provider.GetRequiredService<ITestHarness>().Bus.GetSendEndpoint(new Uri("exchange:crates"))).Send(message);

    /// <summary>Puts so many of an article into a crate, and tells what is in it then.</summary>
    public async Task<string> PutAsync(Guid crate, string article, int amount)
    {
        var before = Received.All<CrateCounted>().Count;
        await SendAsync(new PutIntoCrate(crate, article, amount));
        return await AnswerAsync(before);
    }

    public async Task<string> CountAsync(Guid crate)
    {
        var before = Received.All<CrateCounted>().Count;
        await SendAsync(new CountCrate(crate));
        return await AnswerAsync(before);
    }

    /// <summary>The messages that failed.</summary>
    public IEnumerable<Fault> Faults => Received.All<Fault<PutIntoCrate>>().Select(fault => (Fault)fault.Message)
        .Concat(Received.All<Fault<CountCrate>>().Select(fault => fault.Message))
        .Concat(Received.All<Fault<CloseCrate>>().Select(fault => fault.Message));

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _provider.GetServices<IHostedService>().Reverse())
            await service.StopAsync(CancellationToken.None);
        await _provider.DisposeAsync();
    }

    private async Task<string> AnswerAsync(int before)
    {
        await Eventually.TrueAsync("an answer", _ => Task.FromResult(Received.All<CrateCounted>().Count > before || Faults.Any()));
        ShouldHaveNoFaults();
        return Received.All<CrateCounted>()[before].Message.Contents;
    }

    public void ShouldHaveNoFaults() => Faults.SelectMany(fault => fault.Exceptions).Select(fault => $"{fault.ExceptionType}: {fault.Message}").ShouldBeEmpty();

    private void Configure(IBusRegistrationConfigurator bus)
    {
        bus.DisableUsageTelemetry();
        bus.SetTestTimeouts(Patience.Limit, Patience.Limit);
        bus.AddEntityFrameworkOutbox<CrateDbContext<TCrate>>();
        bus.AddSagaStateMachine<CrateStateMachine<TCrate>, TCrate>()
            .EntityFrameworkRepository(repository => repository.ExistingDbContext<CrateDbContext<TCrate>>())
            .ExcludeFromConfigureEndpoints();
        bus.UsingInMemory((context, memory) =>
        {
            memory.ReceiveEndpoint("crates", endpoint =>
            {
                endpoint.UseEntityFrameworkOutbox<CrateDbContext<TCrate>>(context);
                endpoint.ConfigureSaga<TCrate>(context);
            });
            memory.ReceiveEndpoint("elsewhere", endpoint =>
            {
                Received.Take<CrateCounted>(endpoint);
                Received.Take<CrateClosed>(endpoint);
                Received.Take<Fault<PutIntoCrate>>(endpoint);
                Received.Take<Fault<CountCrate>>(endpoint);
                Received.Take<Fault<CloseCrate>>(endpoint);
            });
        });
    }
}
