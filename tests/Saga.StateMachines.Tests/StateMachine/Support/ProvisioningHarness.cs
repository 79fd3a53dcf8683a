using System.Diagnostics.Metrics;
using System.Text.Json;
using MassTransit;
using MassTransit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Saga.Contracts;
using Saga.StateMachines.Definitions;
using Saga.StateMachines.Persistence;
using Saga.StateMachines.Plans;
using Saga.StateMachines.Registration;
using Saga.StateMachines.StateMachine;
using Saga.StateMachines.Steps;

namespace Saga.StateMachines.Tests.StateMachine.Support;

/// <summary>
/// The orchestrator on the MassTransit test harness, with its real tables (SQLite) and its real outbox. The test plays the step workers: it takes
/// the commands out of what was sent, and answers them.
/// </summary>
internal sealed partial class ProvisioningHarness : IAsyncDisposable
{
    // The harness's lists wait for more until they are told not to.
    private static readonly CancellationToken CancelledAlready = new(canceled: true);

    private readonly ServiceProvider _services;
    private readonly string _file;
    private readonly Action<IServiceCollection>? _configure;

    private ProvisioningHarness(ServiceProvider services, string file, Action<IServiceCollection>? configure)
    {
        _services = services;
        _file = file;
        _configure = configure;
        Harness = services.GetRequiredService<ITestHarness>();
    }

    public ITestHarness Harness { get; }

    public OwnAnswers OwnAnswers => _services.GetRequiredService<OwnAnswers>();

    public LedgerReads LedgerReads => _services.GetRequiredService<LedgerReads>();

    public RememberedLog Log => _services.GetRequiredService<RememberedLog>();

    /// <summary>What the orchestrator measures with.</summary>
    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    /// <summary>One whose queues die with it, as in the embedded mode.</summary>
    public static Task<ProvisioningHarness> StartEmbeddedAsync() =>
        StartAsync(Path.Combine(Path.GetTempPath(), $"saga-{Guid.NewGuid():N}.db"), bus => bus.AddRunResumption());

    public static Task<ProvisioningHarness> StartAsync() => StartAsync(Path.Combine(Path.GetTempPath(), $"saga-{Guid.NewGuid():N}.db"));

    /// <summary>Ends this one, and starts another on the same tables, which remembers nothing.</summary>
    public async Task<ProvisioningHarness> RestartAsync()
    {
        await StopAsync();
        return await StartAsync(_file, _configure);
    }

    private static async Task<ProvisioningHarness> StartAsync(string file, Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning))
            .AddSingleton<RememberedLog>()
            .AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<RememberedLog>())
            .AddSingleton<LedgerReads>()
            .AddDbContextPool<RunDbContext>((provider, options) =>
                options.UseSqlite($"Data Source={file}").AddInterceptors(provider.GetRequiredService<LedgerReads>()))
            .AddMassTransitTestHarness(bus =>
            {
                bus.SetTestTimeouts(Patience.Limit, Patience.Limit);
                bus.AddEntityFrameworkOutbox<RunDbContext>();
                bus.AddOrchestrator();
                configure?.Invoke(bus);
                bus.UsingInMemory((context, memory) => memory.ConfigureOrchestratorEndpoints(context));
            })
            .BuildServiceProvider(validateScopes: true);

        await using (var scope = services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<RunDbContext>().Database.EnsureCreatedAsync();

        var harness = new ProvisioningHarness(services, file, configure);
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

    /// <summary>Starts a run of a plan document.</summary>
    public async Task<Guid> StartPlanAsync(string plan, string input = """{"message":"hello"}""")
    {
        var runId = Guid.NewGuid();
        await HandleAsync(new StartProvisioning { RunId = runId, Plan = JsonElement.Parse(plan), Input = JsonElement.Parse(input) });
        return runId;
    }

    /// <summary>Registers a definition.</summary>
    public async Task RegisterAsync(string kind, int version, string plan)
    {
        var read = PlanReader.Read(JsonElement.Parse(plan), new PlanReading());
        await _services.GetRequiredService<DefinitionStore>().RegisterAsync(kind, version, read.Plan!, CancellationToken.None);
    }

    public async Task SendAsync<T>(T message)
        where T : class => await (await Harness.Bus.GetSendEndpoint(SagaQueues.Runs)).Send(message);

    /// <summary>Sends a message and waits until it was handled, and what followed from it committed.</summary>
    public async Task HandleAsync<T>(T message)
        where T : class
    {
        var id = NewId.NextGuid();
        await (await Harness.Bus.GetSendEndpoint(SagaQueues.Runs)).Send(message, context => context.MessageId = id);
        if (!await Harness.Consumed.Any<T>(consumed => consumed.Context.MessageId == id && consumed.Exception is null))
            throw new InvalidOperationException($"The {typeof(T).Name} was not handled.");
    }

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

    public async Task<List<Run>> RunsAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunDbContext>().Runs.ToListAsync();
    }

    public async Task<List<LedgerRow>> LedgerAsync(Guid runId)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunDbContext>().Ledger
            .Where(row => row.RunId == runId).OrderBy(row => row.NodeIndex).ToListAsync();
    }

    /// <summary>A node's row of the ledger.</summary>
    public async Task<LedgerRow> RowAsync(Guid runId, string node) => (await LedgerAsync(runId)).Single(row => row.Name == node);

    /// <summary>The signals of a run, in the order they arrived.</summary>
    public async Task<List<SignalRow>> SignalsAsync(Guid runId)
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunDbContext>().Signals
            .Where(row => row.RunId == runId).OrderBy(row => row.Number).ToListAsync();
    }

    /// <summary>The run that a node of another started.</summary>
    public async Task<Guid> ChildOfAsync(Guid runId, string node) =>
        (await OneSentAsync<StartProvisioning>(start => start.Parent is { } parent && parent.RunId == runId && parent.Node == node)).RunId;

    /// <summary>Counts the run's changes up, as another orchestrator does that handles a message for it.</summary>
    public async Task OvertakeAsync(Guid runId)
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RunDbContext>().Runs.Where(run => run.CorrelationId == runId)
            .ExecuteUpdateAsync(run => run.SetProperty(row => row.Version, row => row.Version + 1));
    }

    /// <summary>Makes it a database in which no step was announced yet.</summary>
    public async Task ForgetStepsAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RunDbContext>().KnownSteps.ExecuteDeleteAsync();
    }

    /// <summary>Makes it a run that keeps as many signals as a run may.</summary>
    public async Task FillInboxAsync(Guid runId)
    {
        await using var scope = _services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RunDbContext>().Runs.Where(run => run.CorrelationId == runId)
            .ExecuteUpdateAsync(run => run.SetProperty(row => row.InboxCount, 1_000).SetProperty(row => row.Version, row => row.Version + 1));
    }

    /// <summary>Whether any node of any run is still to be woken.</summary>
    public async Task<bool> IsAnythingToBeWokenAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RunDbContext>().Ledger.AnyAsync(row => row.WakeAt != null || row.WaitingFor != null);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        File.Delete(_file);
    }

    private async Task StopAsync()
    {
        await Harness.Stop();
        await _services.DisposeAsync();
    }

    private async Task<T> OneSentAsync<T>(Func<T, bool> filter)
        where T : class
    {
        var found = await Harness.Sent.SelectAsync<T>(sent => filter(sent.Context.Message)).FirstOrDefaultAsync();
        return found?.Context.Message ?? throw new InvalidOperationException($"No such {typeof(T).Name} was sent.");
    }
}
