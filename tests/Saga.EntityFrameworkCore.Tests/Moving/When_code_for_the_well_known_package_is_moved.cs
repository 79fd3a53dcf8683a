using MassTransit;
using MassTransit.Contracts.JobService;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Saga.EntityFrameworkCore.Tests.Moving;

public sealed class When_code_for_the_well_known_package_is_moved(PostgresServer postgres)
{
    [Theory, EveryDatabase]
    public async Task Class_maps_map_their_sagas_and_one_call_both_tables_of_the_outbox(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var dbContext = MovedDbContext.Open(database);

        string?[] tables = [.. dbContext.Model.GetEntityTypes().Select(type => type.GetTableName()).Where(name => name!.StartsWith("moved", StringComparison.Ordinal)).Order()];

        tables.ShouldBe(["moved_InboxState", "moved_orders", "moved_OutboxMessage"], ignoreOrder: true);
        dbContext.Model.FindEntityType(typeof(Order))!.FindPrimaryKey()!.GetName().ShouldBe("the_key_of_orders");
        dbContext.Model.FindEntityType(typeof(Order))!.FindProperty(nameof(Order.Version))!.IsConcurrencyToken.ShouldBeTrue();
    }

    [Theory, EveryDatabase]
    public async Task A_saga_is_kept_in_a_context_that_its_repository_registers(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await MovedDbContext.CreateTablesAsync(database);
        await using var provider = Provide(bus => bus.AddSagaStateMachine<OrderStateMachine, Order>().EntityFrameworkRepository(repository =>
        {
            repository.SetOptimisticConcurrency();
            repository.AddDbContext<DbContext, MovedDbContext>((_, options) => database.Use(options));
        }));
        var harness = await StartAsync(provider);
        var id = Guid.NewGuid();

        await harness.Bus.Publish(new SubmitOrder(id, "1"));

        await using var dbContext = MovedDbContext.Open(database);
        await Eventually.TrueAsync("the order", _ => dbContext.Set<Order>().AnyAsync(order => order.CorrelationId == id && order.CurrentState == "Open"));
        (await dbContext.Set<Order>().CountAsync()).ShouldBe(1);
        await StopAsync(provider);
    }

    [Theory, EveryDatabase]
    public async Task Jobs_are_kept_in_the_context(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await MovedDbContext.CreateTablesAsync(database);
        await using var provider = Provide(bus =>
        {
            bus.AddDbContext<MovedDbContext>(options => database.Use(options));
            bus.AddConsumer<PrintOrderConsumer>(consumer => consumer.Options<JobOptions<PrintOrder>>(job => job.SetRetry(retry => retry.Immediate(1))));
            bus.AddJobSagaStateMachines(jobs => jobs.FinalizeCompleted = false).EntityFrameworkRepository(repository => repository.ExistingDbContext<MovedDbContext>());
        });
        var harness = await StartAsync(provider);
        var order = Guid.NewGuid();

        var client = harness.GetRequestClient<SubmitJob<PrintOrder>>();
        var answer = await client.GetResponse<JobSubmissionAccepted>(new { JobId = NewId.NextGuid(), Job = new PrintOrder(order, "Zwei Äpfel") });

        (await harness.Published.Any<OrderPrinted>(printed => printed.Context.Message == new OrderPrinted(order, "Zwei Äpfel"))).ShouldBeTrue();
        await using var dbContext = MovedDbContext.Open(database);
        var job = await Eventually.SeeAsync(
            "the end of the job", _ => dbContext.Set<JobSaga>().AsNoTracking().SingleOrDefaultAsync(job => job.CorrelationId == answer.Message.JobId), found => found?.Completed is not null);
        job!.Version.ShouldBeGreaterThan(0);
        (await dbContext.Set<JobTypeSaga>().CountAsync()).ShouldBe(1);
        await StopAsync(provider);
    }

    [Theory, EveryDatabase]
    public async Task Observers_see_what_was_published_as_published_and_what_was_sent_as_sent(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);
        await using var host = await OrderHost.StartAsync(database);

        await host.SendAsync(new SubmitOrder(Guid.NewGuid(), "1"));
        await host.Received.OneAsync<OrderAccepted>();
        await host.Received.OneAsync<PackOrder>();

        var seen = new CancellationToken(canceled: true);
        (await host.Harness.Published.SelectAsync<OrderAccepted>(seen).CountAsync()).ShouldBe(1);
        (await host.Harness.Sent.SelectAsync<OrderAccepted>(seen).CountAsync()).ShouldBe(0);
        (await host.Harness.Sent.SelectAsync<PackOrder>(seen).CountAsync()).ShouldBe(1);
        (await host.Harness.Published.SelectAsync<PackOrder>(seen).CountAsync()).ShouldBe(0);
    }

    private static ServiceProvider Provide(Action<IBusRegistrationConfigurator> configure) => new ServiceCollection()
        .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
        .AddMassTransitTestHarness(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.SetTestTimeouts(Patience.Limit, Patience.Limit);
            configure(bus);
            bus.AddEntityFrameworkOutbox<MovedDbContext>();
            bus.AddConfigureEndpointsCallback((context, _, endpoint) => endpoint.UseEntityFrameworkOutbox<MovedDbContext>(context));
            bus.UsingInMemory((context, memory) =>
            {
                memory.UseDelayedMessageScheduler();
                memory.ConfigureEndpoints(context);
            });
        })
        .BuildServiceProvider(validateScopes: true);

    private static async Task<ITestHarness> StartAsync(ServiceProvider provider)
    {
        var harness = provider.GetRequiredService<ITestHarness>();
        await harness.Start();
        return harness;
    }

    private static async Task StopAsync(ServiceProvider provider)
    {
        foreach (var service in provider.GetServices<IHostedService>().Reverse())
            await service.StopAsync(CancellationToken.None);
    }
}
