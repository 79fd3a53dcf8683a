using System.Diagnostics;
using MassTransit;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Outbox;
using Saga.EntityFrameworkCore.Tests.Running;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Registration;
using Saga.StateMachines.StateMachine;
using Saga.StateMachines.Waking;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Waking;

/// <summary>Pollers on a database whose rows the test wrote, and a queue nobody consumes but the test.</summary>
public sealed class When_nodes_are_due : IAsyncLifetime
{
    private static readonly Guid _run = Guid.NewGuid();
    private static readonly CancellationToken _cancelledAlready = new(canceled: true);

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"saga-{Guid.NewGuid():N}.db");
    private readonly SteppedClock _clock = new();
    private readonly WakeOptions _options = new() { Limit = 2 };
    private readonly List<DueNodes> _pollers = [];
    private int _cancelled;
    private ServiceProvider _services = null!;
    private ITestHarness _harness = null!;

    public async ValueTask InitializeAsync()
    {
        _services = new ServiceCollection()
            .AddLogging()
            .AddDbContextPool<RunDbContext>(options => options.UseSqlite($"Data Source={_file}"))
            .AddMassTransitTestHarness(bus =>
            {
                bus.SetTestTimeouts(Patience.Limit, Patience.Limit);
                bus.AddEntityFrameworkOutbox<RunDbContext>();
                bus.AddRuns();
                bus.UsingInMemory((context, memory) =>
                {
                    memory.ConfigureSend(send => send.UseSendExecute<WakeNode>(_ => CancelSome()));
                    memory.ReceiveEndpoint(SagaQueues.RunsName, endpoint => endpoint.Handler<WakeNode>(_ => Task.CompletedTask));
                });
            })
            .BuildServiceProvider(validateScopes: true);
        await using (var scope = _services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<RunDbContext>().Database.EnsureCreatedAsync();
        _harness = _services.GetRequiredService<ITestHarness>();
        await _harness.Start();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var poller in _pollers)
        {
            await poller.StopAsync(CancellationToken.None);
            poller.Dispose();
        }

        await _harness.Stop();
        await _services.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task Those_that_are_due_are_woken_more_than_a_page_of_them()
    {
        await AddAsync(Row(0, -3), Row(1, -2), Row(2, -1), Row(3, 60), Row(4, null));
        await StartAsync();

        await SeeAsync(3);
        Woken().Select(wake => (wake.RunId, wake.NodeIndex, wake.WakeId)).ShouldBe([(_run, 0, 100), (_run, 1, 101), (_run, 2, 102)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_row_is_leased_so_that_it_is_woken_again_when_the_wake_was_lost_and_not_before()
    {
        await AddAsync(Row(0, -1));
        await StartAsync();
        await SeeAsync(1);
        (await StoredAsync(0)).WakeAt.ShouldBe(_clock.GetUtcNow() + _options.Lease);

        await AdvanceAsync(_options.Lease - TimeSpan.FromSeconds(1));
        Woken().Count.ShouldBe(1);

        await AdvanceAsync(TimeSpan.FromSeconds(1));
        await SeeAsync(2);
        Woken().Select(wake => wake.WakeId).ShouldBe([100, 100]);
    }

    [Fact]
    public async Task A_row_that_was_taken_says_that_its_moment_has_come_and_not_when_the_lease_ends()
    {
        await AddAsync(Row(0, 2), Row(1, null));
        (await StoredAsync(0)).WaitsUntil.ShouldBe(_clock.GetUtcNow().AddSeconds(2));
        (await StoredAsync(1)).WaitsUntil.ShouldBeNull();
        await StartAsync();

        await AdvanceAsync(TimeSpan.FromSeconds(2));
        await SeeAsync(1);

        (await StoredAsync(0)).WaitsUntil.ShouldBeNull();
    }

    [Fact]
    public async Task A_node_that_moved_is_not_woken_again()
    {
        await AddAsync(Row(0, -1));
        await StartAsync();
        await SeeAsync(1);
        await using (var scope = _services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<RunDbContext>().Ledger
                .ExecuteUpdateAsync(row => row.SetProperty(moved => moved.WakeAt, (DateTimeOffset?)null), TestContext.Current.CancellationToken);
        }

        await AdvanceAsync(_options.Lease * 3);

        Woken().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_pollers_do_not_both_take_a_row_within_its_lease()
    {
        await AddAsync([.. Enumerable.Range(0, 60).Select(node => Row(node, -1))]);
        await Task.WhenAll(StartAsync(), StartAsync(), StartAsync());
        await SeeAsync(60);

        await AdvanceAsync(_options.PollInterval);

        Woken().Select(wake => wake.NodeIndex).ShouldBe(Enumerable.Range(0, 60), ignoreOrder: true);
    }

    [Fact]
    public async Task A_moment_between_two_looks_is_kept_to()
    {
        await AddAsync(Row(0, 2));
        await StartAsync();
        Woken().ShouldBeEmpty();

        await AdvanceAsync(TimeSpan.FromSeconds(2));

        await SeeAsync(1);
    }

    [Fact]
    public async Task A_moment_that_another_process_set_is_found_by_the_next_look()
    {
        await StartAsync();
        await AddAsync(Row(0, 1));
        await AdvanceAsync(_options.PollInterval);

        await SeeAsync(1);
    }

    // RabbitMQ's client says so of what the broker does not answer in time.
    [Fact]
    public async Task A_send_that_was_cancelled_does_not_end_the_looking()
    {
        await AddAsync(Row(0, -1));
        _cancelled = 1;
        await StartAsync();

        await AdvanceAsync(_options.Lease);

        await SeeAsync(1);
    }

    private LedgerRow Row(int node, double? seconds) => new()
    {
        RunId = _run,
        NodeIndex = node,
        Name = $"n{node}",
        Kind = "sleep",
        Status = "waiting",
        WakeAt = seconds is { } wait ? _clock.GetUtcNow().AddSeconds(wait) : null,
        WakeId = 100 + node,
    };

    private async Task AddAsync(params LedgerRow[] rows)
    {
        await using var scope = _services.CreateAsyncScope();
        var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
        dbContext.AddRange(rows);
        await dbContext.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private async Task<LedgerRow> StoredAsync(int node)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunDbContext>().Ledger.AsNoTracking()
            .SingleAsync(row => row.NodeIndex == node, TestContext.Current.CancellationToken);
    }

    /// <summary>Starts a poller of a process of its own, and returns when it has looked once.</summary>
    private async Task StartAsync()
    {
        var poller = new DueNodes(
            _services.GetRequiredService<IServiceScopeFactory>(), _services.GetRequiredService<DatabaseWrites<RunDbContext>>(),
            _services.GetRequiredService<DatabaseWatch<RunDbContext>>(), new WakeAlarm(_clock),
            _services.GetRequiredService<BusReach>(), _services.GetRequiredService<IBus>(), _clock, Options.Create(_options), NullLogger<DueNodes>.Instance);
        lock (_pollers)
            _pollers.Add(poller);
        await poller.StartAsync(TestContext.Current.CancellationToken);
        await LookedAsync();
    }

    /// <summary>Lets time pass, and returns when every poller that it woke has looked.</summary>
    private async Task AdvanceAsync(TimeSpan time)
    {
        _clock.Advance(time);
        await LookedAsync();
    }

    // A poller that waits has looked.
    private async Task LookedAsync()
    {
        var patience = Stopwatch.StartNew();
        while (_clock.Waiting < _pollers.Count)
        {
            patience.Elapsed.ShouldBeLessThan(Patience.Limit, "A poller looks and looks.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    // What is consumed may be noted before what was sent is.
    private async Task SeeAsync(int count)
    {
        var cancelled = TestContext.Current.CancellationToken;
        (await AsyncEnumerable.Take(_harness.Consumed.SelectAsync<WakeNode>(cancelled), count).CountAsync(cancelled)).ShouldBe(count);
        (await AsyncEnumerable.Take(_harness.Sent.SelectAsync<WakeNode>(cancelled), count).CountAsync(cancelled)).ShouldBe(count);
    }

    private void CancelSome()
    {
        if (Interlocked.Decrement(ref _cancelled) >= 0)
            throw new TaskCanceledException();
    }

    private List<WakeNode> Woken() => [.. _harness.Sent.Select<WakeNode>(_cancelledAlready).Select(sent => sent.Context.Message)];
}
