using System.Diagnostics;
using Saga.Benchmarks.Load;
using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Servers;
using Saga.Benchmarks.Workers;
using Saga.Worker.Messaging;

namespace Saga.Benchmarks.Soak;

/// <summary>
/// Kills everything the product consists of, again and again, under load. From the last start on everybody lives; then every run must end, and the world
/// must be what the runs say it is.
/// </summary>
internal sealed class SoakBenchmark(SoakSettings settings)
{
    private readonly Machine _machine = new();
    private readonly Upheaval _broker = new("broker", settings.RestartBroker, settings.Runs / 3);
    private readonly Upheaval _database = new("database", settings.RestartDatabase, settings.Runs * 2 / 3);
    private int _said;

    public async Task<SoakReport> RunAsync(CancellationToken cancellation)
    {
        await BrokerGuard.EnsureUnusedAsync(settings.Broker, cancellation);
        await using var folder = new ScratchFolder();
        await using var runs = await SoakDatabase.CreateAsync(settings.Database, "runs", cancellation);
        await using var world = await SoakDatabase.CreateAsync(settings.Database, "world", cancellation);
        await world.ExecuteAsync(EffectTable.Definition, cancellation);

        var orchestrators = Processes("orchestrator", settings.Orchestrators, folder.Directory, ProductWorker.Command(
            $"--ConnectionStrings:Database={runs.ConnectionString}",
            $"--ConnectionStrings:Broker={settings.Broker}",
            $"--Saga:QueueType={settings.QueueType}",
            "--Saga:Roles=orchestrator"));
        var workers = Processes("worker", settings.Workers, folder.Directory, EffectWorker.Command(settings.Broker, settings.QueueType, world.ConnectionString));
        IReadOnlyList<MortalProcess> all = [.. orchestrators, .. workers];
        try
        {
            Progress.Say("Starting the processes…");
            await Task.WhenAll(all.Select(process => process.StartAsync(cancellation)));
            await using var starter = await BrokerClient.ConnectAsync(settings.Broker, new EndedRuns(), cancellation);
            await WaitUntilStepIsKnownAsync(runs, cancellation);
            var queues = new BrokerQueues(settings.Broker);

            // A broker that is killed just after it was asked for a queue may not have it any more, and cannot be asked for it again either.
            await queues.WaitForAnswersAsync(settings.Patience, cancellation);
            var load = new SoakLoad(settings, starter, runs);
            var elapsed = await PutUnderLoadAsync(load, all, cancellation);

            Progress.Say("Comparing the runs with the world…");
            var audit = new SoakAudit(runs, world, queues);
            return new SoakReport
            {
                At = DateTimeOffset.UtcNow,
                Machine = _machine,
                QueueType = settings.QueueType.Name(),
                Runs = settings.Runs,
                FailingPercent = settings.FailingPercent,
                Orchestrators = settings.Orchestrators,
                Workers = settings.Workers,
                Concurrency = settings.Concurrency,
                Seconds = Figure.Of(elapsed.TotalSeconds),
                RunsPerSecond = Figure.Of(load.Ended / elapsed.TotalSeconds),
                KilledOrchestrators = orchestrators.Sum(process => process.Kills),
                KilledWorkers = workers.Sum(process => process.Kills),
                BrokerRestartSeconds = SecondsOf(_broker),
                DatabaseRestartSeconds = SecondsOf(_database),
                Checks = await audit.CheckAsync(settings.Runs, load.Runs, cancellation),
                SweptRows = SweptRows.In(folder.Directory),
                RepeatedEffects = await audit.CountRepeatsAsync(cancellation),
            };
        }
        finally
        {
            foreach (var process in all)
                await process.DisposeAsync();
        }
    }

    private async Task<TimeSpan> PutUnderLoadAsync(SoakLoad load, IReadOnlyList<MortalProcess> all, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        using var amnesty = new CancellationTokenSource();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var deaths = Task.WhenAll(all.Select(process => process.DieAndReturnAsync(amnesty.Token, enough.Token)));
        try
        {
            await load.StartAllAsync(ended => ProgressAsync(ended, all, cancellation), cancellation);
        }
        catch
        {
            // A server that did not come back would have them try to start for ever.
            await enough.CancelAsync();
            await deaths.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await amnesty.CancelAsync();
        enough.CancelAfter(settings.Patience);
        try
        {
            await deaths;
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"Not every process could be started again within {settings.Patience.TotalSeconds:0} s.", exception);
        }

        Progress.Say($"{load.Runs.Count} runs are started and {load.Ended} have ended; nothing is killed any more.");
        await load.WaitForEndsAsync(cancellation);
        return Stopwatch.GetElapsedTime(begun);
    }

    private async Task ProgressAsync(int ended, IReadOnlyList<MortalProcess> all, CancellationToken cancellation)
    {
        if (ended - _said >= Math.Max(settings.Runs / 10, 1))
        {
            _said = ended;
            Progress.Say($"{ended} runs have ended, {all.Sum(process => process.Kills)} processes were killed.");
        }

        await _broker.ComeIfDueAsync(ended, cancellation);
        await _database.ComeIfDueAsync(ended, cancellation);
    }

    private static async Task WaitUntilStepIsKnownAsync(SoakDatabase runs, CancellationToken cancellation)
    {
        while (await runs.CountAsync($"SELECT count(*) FROM saga_steps WHERE name = '{Effect.Name}'", cancellation) == 0)
            await Task.Delay(100, cancellation);
    }

    private List<MortalProcess> Processes(string name, int count, DirectoryInfo folder, IEnumerable<string> command) =>
        [.. Enumerable.Range(1, count).Select(number => new MortalProcess($"{name}-{number}", folder, [.. command], settings.Life))];

    private static double? SecondsOf(Upheaval upheaval) => upheaval.Took is { } took ? Figure.Of(took.TotalSeconds) : null;
}
