using System.Text.Json;
using MassTransit;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Saga.Contracts;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Registration;
using Saga.StateMachines.StateMachine;
using Saga.StateMachines.Steps;

namespace Saga.StateMachines.Tests.StateMachine.Support;

/// <summary>
/// The orchestrator on the MassTransit test harness, with its real tables (SQLite) and its real outbox. The test plays the step workers: it takes
/// the commands out of what was sent, and answers them.
/// </summary>
internal sealed class ProvisioningHarness : IAsyncDisposable
{
    // The harness's lists wait for more until they are told not to.
    private static readonly CancellationToken CancelledAlready = new(canceled: true);

    private readonly ServiceProvider _services;
    private readonly string _file;

    private ProvisioningHarness(ServiceProvider services, string file)
    {
        _services = services;
        _file = file;
        Harness = services.GetRequiredService<ITestHarness>();
    }

    public ITestHarness Harness { get; }

    public static async Task<ProvisioningHarness> StartAsync()
    {
        var file = Path.Combine(Path.GetTempPath(), $"saga-{Guid.NewGuid():N}.db");
        var services = new ServiceCollection()
            .AddLogging()
            .AddDbContextPool<RunDbContext>(options => options.UseSqlite($"Data Source={file}"))
            .AddMassTransitTestHarness(bus =>
            {
                bus.SetTestTimeouts(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(5));
                bus.AddEntityFrameworkOutbox<RunDbContext>();
                bus.AddOrchestrator();
                bus.UsingInMemory((context, memory) => memory.ConfigureOrchestratorEndpoints(context));
            })
            .BuildServiceProvider(validateScopes: true);

        await using (var scope = services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<RunDbContext>().Database.EnsureCreatedAsync();

        var harness = new ProvisioningHarness(services, file);
        await harness.Harness.Start();
        await services.GetRequiredService<StepRegistry>().RememberAsync(
            [new AnnouncedStep { Name = "echo", Compensates = true }, new AnnouncedStep { Name = "fail" }], CancellationToken.None);
        return harness;
    }

    public async Task<Guid> StartRunAsync(params string[] steps)
    {
        var runId = Guid.NewGuid();
        await SendAsync(StartOf(runId, steps));
        return runId;
    }

    public static StartProvisioning StartOf(Guid runId, params string[] steps) =>
        new() { RunId = runId, Steps = steps, Input = JsonElement.Parse("""{"message":"hello"}""") };

    public async Task SendAsync<T>(T message)
        where T : class => await (await Harness.Bus.GetSendEndpoint(SagaQueues.Runs)).Send(message);

    /// <summary>The command to execute this node, once it was sent.</summary>
    public async Task<ExecuteStep> ExecuteOfAsync(Guid runId, string node) =>
        await OneSentAsync<ExecuteStep>(command => command.RunId == runId && command.Node == node);

    /// <summary>The command to compensate this node, once it was sent.</summary>
    public async Task<CompensateStep> CompensateOfAsync(Guid runId, string node) =>
        await OneSentAsync<CompensateStep>(command => command.RunId == runId && command.Node == node);

    public async Task CompleteAsync(ExecuteStep command, string? output = null) =>
        await SendAsync(new StepCompleted
        {
            RunId = command.RunId,
            Node = command.Node,
            Attempt = command.Attempt,
            DispatchId = command.DispatchId,
            Output = output is null ? null : JsonElement.Parse(output),
            Put = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
            {
                [$"echoed_at_step_{command.NodeIndex}"] = command.Input.GetProperty("message"),
            },
        });

    public async Task FailAsync(ExecuteStep command, string message = "no") =>
        await SendAsync(new StepFailed
        {
            RunId = command.RunId,
            Node = command.Node,
            Attempt = command.Attempt,
            DispatchId = command.DispatchId,
            Code = "refused",
            Message = message,
        });

    public async Task CompensateAsync(CompensateStep command, bool nothingToDo = false) =>
        await SendAsync(new StepCompensated
        {
            RunId = command.RunId,
            Node = command.Node,
            Attempt = command.Attempt,
            DispatchId = command.DispatchId,
            NothingToDo = nothingToDo,
        });

    public async Task FailToCompensateAsync(CompensateStep command) =>
        await SendAsync(new StepCompensationFailed
        {
            RunId = command.RunId,
            Node = command.Node,
            Attempt = command.Attempt,
            DispatchId = command.DispatchId,
            Code = "refused",
            Message = "no",
        });

    /// <summary>Executes all nodes in order.</summary>
    public async Task CompleteAllAsync(Guid runId, params string[] nodes)
    {
        foreach (var node in nodes)
            await CompleteAsync(await ExecuteOfAsync(runId, node), """{"id":1}""");
    }

    /// <summary>The event, once it was published.</summary>
    public async Task<T> PublishedAsync<T>(Func<T, bool> filter)
        where T : class
    {
        var found = await Harness.Published.SelectAsync<T>(published => filter(published.Context.Message)).FirstOrDefaultAsync();
        return found?.Context.Message ?? throw new InvalidOperationException($"No such {typeof(T).Name} was published.");
    }

    /// <summary>What was sent until now.</summary>
    public IReadOnlyList<T> SentSoFar<T>()
        where T : class => [.. Harness.Sent.Select<T>(CancelledAlready).Select(sent => sent.Context.Message)];

    /// <summary>What was published until now.</summary>
    public IReadOnlyList<T> PublishedSoFar<T>()
        where T : class => [.. Harness.Published.Select<T>(CancelledAlready).Select(published => published.Context.Message)];

    /// <summary>Waits until the orchestrator has handled so many messages of a type.</summary>
    public async Task ConsumedAsync<T>(int count)
        where T : class
    {
        var seen = 0;
        await foreach (var _ in Harness.Consumed.SelectAsync<T>())
        {
            if (++seen == count)
                return;
        }

        throw new InvalidOperationException($"{seen} messages {typeof(T).Name} were consumed, not {count}.");
    }

    public async Task<Run?> RunAsync(Guid runId)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunDbContext>().Runs.SingleOrDefaultAsync(run => run.CorrelationId == runId);
    }

    public async Task<List<LedgerRow>> LedgerAsync(Guid runId)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunDbContext>().Ledger
            .Where(row => row.RunId == runId).OrderBy(row => row.NodeIndex).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Harness.Stop();
        await _services.DisposeAsync();
        File.Delete(_file);
    }

    private async Task<T> OneSentAsync<T>(Func<T, bool> filter)
        where T : class
    {
        var found = await Harness.Sent.SelectAsync<T>(sent => filter(sent.Context.Message)).FirstOrDefaultAsync();
        return found?.Context.Message ?? throw new InvalidOperationException($"No such {typeof(T).Name} was sent.");
    }
}
