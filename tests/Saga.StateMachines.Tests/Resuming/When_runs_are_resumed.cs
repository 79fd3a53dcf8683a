using System.Net.Sockets;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Saga.Contracts;
using Saga.EntityFrameworkCore.Databases;
using Saga.EntityFrameworkCore.Outbox;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Resuming;
using Saga.StateMachines.Tests.StateMachine.Support;
using Shouldly;
using Xunit;

namespace Saga.StateMachines.Tests.Resuming;

public sealed class When_runs_are_resumed : IAsyncLifetime
{
    private ProvisioningHarness _saga = null!;

    public async ValueTask InitializeAsync() => _saga = await ProvisioningHarness.StartAsync();

    public ValueTask DisposeAsync() => _saga.DisposeAsync();

    [Fact]
    public async Task Those_that_have_not_ended_are_woken()
    {
        var (live, ended) = (await _saga.StartRunAsync("echo"), await _saga.StartRunAsync("echo"));
        await _saga.ExecuteOfAsync(live, "echo-0");
        await _saga.CompleteAllAsync(ended, "echo-0");
        await _saga.PublishedAsync<ProvisioningCompleted>(completed => completed.RunId == ended);

        using var resumption = Resumption(failures: 0);
        await resumption.StartAsync(CancellationToken.None);
        await resumption.ExecuteTask!;

        _saga.SentSoFar<WakeRun>().Select(wake => wake.RunId).ShouldBe([live]);
    }

    [Fact]
    public async Task A_database_that_is_away_at_first_is_asked_again()
    {
        var live = await _saga.StartRunAsync("echo");
        await _saga.ExecuteOfAsync(live, "echo-0");

        using var resumption = Resumption(failures: 1);
        await resumption.StartAsync(CancellationToken.None);
        await resumption.ExecuteTask!;

        _saga.SentSoFar<WakeRun>().Select(wake => wake.RunId).ShouldBe([live]);
    }

    [Fact]
    public async Task Each_of_many_of_the_same_moment_is_woken_once()
    {
        var moment = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var like = await _saga.StartRunAsync("echo");
        await _saga.ExecuteOfAsync(like, "echo-0");
        var plan = (await _saga.RunAsync(like))!.PlanHash;

        // One more than are read at once. They walk back and wait for a step, so that waking them costs nothing.
        var ids = Enumerable.Range(1, 501).Select(number => Guid.Parse($"00000000-0000-4000-8000-{number:x12}")).ToList();
        await using (var scope = _saga.Harness.Provider.CreateAsyncScope())
        {
            var dbContext = scope.ServiceProvider.GetRequiredService<RunDbContext>();
            dbContext.AddRange(ids.Select(id => new Run
            {
                CorrelationId = id, CurrentState = "Compensating", PlanHash = plan, Nodes = "f1", CreatedAt = moment,
                Error = """{"reason":"step_failed:echo","compensate_from_idx":-1}""",
            }));
            await dbContext.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        using var resumption = Resumption(failures: 0);
        await resumption.StartAsync(CancellationToken.None);
        await resumption.ExecuteTask!;

        _saga.SentSoFar<WakeRun>().Select(wake => wake.RunId).ShouldBe([.. ids, like], ignoreOrder: true);
    }

    private RunResumption Resumption(int failures)
    {
        var services = _saga.Harness.Provider;
        return new RunResumption(
            new AwayAtFirst(services.GetRequiredService<IServiceScopeFactory>(), failures),
            services.GetRequiredService<DatabaseWatch<RunDbContext>>(),
            services.GetRequiredService<BusReach>(),
            _saga.Harness.Bus,
            TimeProvider.System,
            NullLogger<RunResumption>.Instance);
    }

    private sealed class AwayAtFirst(IServiceScopeFactory scopes, int failures) : IServiceScopeFactory
    {
        private int _asked;

        public IServiceScope CreateScope() =>
            _asked++ < failures ? throw new SocketException((int)SocketError.ConnectionRefused) : scopes.CreateScope();
    }
}
