using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.Outbox;

namespace Saga.EntityFrameworkCore.Tests.Configuration;

public sealed class When_an_option_is_wrong(PostgresServer postgres)
{
    public static TheoryData<string, Action<OutboxOptions>> Wrong { get; } = new()
    {
        {
            "OutboxOptions.SweepInterval is 00:00:00.0990000. It must be from 00:00:00.1000000 to 1.00:00:00. Leave it out for the default of 00:00:02.",
            options => options.SweepInterval = TimeSpan.FromMilliseconds(99)
        },
        {
            "OutboxOptions.SweepLimit is 10001. It must be from 1 to 10,000. Leave it out for the default of 200.",
            options => options.SweepLimit = 10_001
        },
        {
            "OutboxOptions.DeliveryTimeout is 00:00:00. It must be from 00:00:00.0010000 to 01:00:00. Leave it out for the default of 00:00:05.",
            options => options.DeliveryTimeout = TimeSpan.Zero
        },
        {
            "OutboxOptions.SweepGrace is 00:00:05. It must be longer than DeliveryTimeout, which is 00:00:05, or a row could be swept while its "
            + "writer may still be delivering it. Raise it, or lower DeliveryTimeout.",
            options => options.SweepGrace = TimeSpan.FromSeconds(5)
        },
        {
            "OutboxOptions.SweepLease is 00:00:05. It must be longer than DeliveryTimeout, which is 00:00:05, or a row could be swept again while "
            + "the sweep before may still be delivering it. Raise it, or lower DeliveryTimeout.",
            options => options.SweepLease = TimeSpan.FromSeconds(5)
        },
        {
            "OutboxOptions.SweepBackOff is 00:00:00.9990000. It must be from 00:00:01 to 1.00:00:00. Leave it out for the default of 00:10:00.",
            options => options.SweepBackOff = TimeSpan.FromMilliseconds(999)
        },
        {
            "OutboxOptions.OverdueLimit is 00:00:00. It must be from 00:00:01 to 1.00:00:00. Leave it out for the default of 00:01:00.",
            options => options.OverdueLimit = TimeSpan.Zero
        },
        {
            "OutboxOptions.DuplicateDetectionWindow is 366.00:00:00. It must be from 00:00:01 to 365.00:00:00. Leave it out for the default of "
            + "00:30:00.",
            options => options.DuplicateDetectionWindow = TimeSpan.FromDays(366)
        },
        {
            "OutboxOptions.InboxCleanupInterval is 1.00:00:01. It must be from 00:00:00.1000000 to 1.00:00:00. Leave it out for the default of "
            + "00:01:00.",
            options => options.InboxCleanupInterval = TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1)
        },
        {
            "OutboxOptions.InboxCleanupLimit is 0. It must be from 1 to 10,000. Leave it out for the default of 1,000.",
            options => options.InboxCleanupLimit = 0
        },
        {
            "OutboxOptions.KeptUntilHandled has AddItem, and SingleProcess is not set. Only the process that put a message in its queue knows that it is "
            + "there, so others would send it again. Set SingleProcess, or leave the messages out.",
            options => options.KeptUntilHandled.Add(typeof(AddItem))
        },
    };

    [Theory, MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void The_start_fails_and_names_the_option_the_rule_and_the_remedy(string failure, Action<OutboxOptions> set) =>
        FailuresOf(outbox => outbox.Configure(set)).ShouldBe([failure]);

    [Fact]
    public void Every_wrong_one_is_named() => FailuresOf(outbox =>
    {
        outbox.QueryDelay = TimeSpan.Zero;
        outbox.QueryMessageLimit = 0;
        outbox.DuplicateDetectionWindow = TimeSpan.Zero;
        outbox.UseBusOutbox(delivery => delivery.MessageDeliveryTimeout = TimeSpan.FromMinutes(1));
    }).Select(failure => failure[..failure.IndexOf(' ', StringComparison.Ordinal)]).ShouldBe(
    [
        "OutboxOptions.SweepInterval", "OutboxOptions.SweepLimit", "OutboxOptions.SweepGrace", "OutboxOptions.SweepLease",
        "OutboxOptions.DuplicateDetectionWindow",
    ]);

    [Fact]
    public void The_defaults_are_right() => FailuresOf(_ => { }).ShouldBeEmpty();

    [Theory, EveryDatabase]
    public async Task So_it_does_when_the_context_is_on_another_database_than_was_said(DatabaseKind kind)
    {
        await using var database = await postgres.CreateAsync(kind);

        FailuresOf(outbox => outbox.UsePostgres(), database).Count.ShouldBe(kind == DatabaseKind.Postgres ? 0 : 1);
        FailuresOf(outbox => outbox.UseSqlite(), database).ShouldBe(kind == DatabaseKind.Sqlite
            ? []
            :
            [
                "The outbox of OrderDbContext is configured with UseSqlite(), but the context is on Postgres. Call UsePostgres(), or leave it out: the "
                + "database is recognised.",
            ]);
    }

    private static IReadOnlyCollection<string> FailuresOf(Action<IEntityFrameworkOutboxConfigurator> configure, IOrderDatabase? database = null)
    {
        using var provider = new ServiceCollection()
            .AddLogging()
            .AddDbContext<OrderDbContext>(options => database?.Use(options))
            .AddMassTransit(bus => bus.AddEntityFrameworkOutbox<OrderDbContext>(configure))
            .BuildServiceProvider();
        try
        {
            provider.GetRequiredService<IStartupValidator>().Validate();
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return [.. exception.Failures];
        }
    }
}
