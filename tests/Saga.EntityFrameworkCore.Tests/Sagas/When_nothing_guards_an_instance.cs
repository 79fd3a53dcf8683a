using MassTransit;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Saga.EntityFrameworkCore.Tests.Sagas;

public sealed class When_nothing_guards_an_instance(PostgresServer postgres)
{
    [Fact]
    public async Task Changing_it_is_refused_and_the_remedy_is_named()
    {
        await using var database = await postgres.CreateAsync(DatabaseKind.Sqlite);
        await using var provider = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning))
            .AddDbContext<UnguardedDbContext>(options => database.Use(options))
            .AddMassTransitTestHarness(bus =>
            {
                bus.DisableUsageTelemetry();
                bus.SetTestTimeouts(Patience.Limit, Patience.Limit);
                bus.AddSagaStateMachine<OrderStateMachine, Order>()
                    .EntityFrameworkRepository(repository => repository.ExistingDbContext<UnguardedDbContext>());
            })
            .BuildServiceProvider(validateScopes: true);
        var harness = provider.GetRequiredService<ITestHarness>();
        await harness.Start();
        var id = Guid.NewGuid();

        await harness.Bus.Publish(new SubmitOrder(id, "1"));
        (await harness.Published.Any<OrderAccepted>()).ShouldBeTrue();
        await harness.GetSagaStateMachineHarness<OrderStateMachine, Order>().Exists(id);
        await harness.Bus.Publish(new AddItem(id, 1));

        (await harness.Published.Any<Fault<AddItem>>(fault => fault.Context.Message.Exceptions[0].Message
            == "Order has no concurrency token, so two processes could overwrite each other's changes. "
            + "Let it implement ISagaVersion and map Version with IsConcurrencyToken().")).ShouldBeTrue();
    }

    private sealed class UnguardedDbContext(DbContextOptions<UnguardedDbContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Order>().ToTable("Orders").HasKey(order => order.CorrelationId);
    }
}
