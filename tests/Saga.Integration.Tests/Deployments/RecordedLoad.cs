using System.Collections.Concurrent;
using System.Text.Json;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Deployments;

/// <summary>
/// Runs of three recorded steps, one in four of which fails at its last. They are started by message, so that each start is kept by the broker until some
/// orchestrator has taken it. What became of them is counted in three places: the tables, the world, and the news.
/// </summary>
public sealed class RecordedLoad(Deployment deployment, RecordedEffects effects, News news)
{
    private const int StartsAtOnce = 4;
    private const int Wave = 40;

    private static readonly string[] Ends = ["ProvisioningCompleted", "ProvisioningRolledBack", "ProvisioningFailed", "ProvisioningRejected"];

    private readonly ConcurrentDictionary<Guid, bool> _failing = new();

    /// <summary>Hears of the ends of runs, and of nothing else.</summary>
    public static Task<News> SubscribeAsync(Uri broker) => News.SubscribeAsync(broker, Ends);

    public int Count => _failing.Count;

    /// <summary>
    /// Starts runs, and more whenever all but the one that is held have ended, until the process has crashed. So it gets to where it crashes, however many
    /// messages it handles at once.
    /// </summary>
    public async Task StartUntilCrashAsync(WorkerProcess orchestrator)
    {
        do
        {
            await StartAsync(Wave);
            await Eventually.TrueAsync(
                "the crash, or the runs to end",
                async cancellation => orchestrator.HasEnded || await deployment.Database.CountEndedRunsAsync(cancellation) == Count - 1,
                context: () => deployment.Output);
        }
        while (!orchestrator.HasEnded);
    }

    private Task StartAsync(int count)
    {
        var sender = new PlainSender(deployment.Broker);
        return Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = StartsAtOnce },
            async (number, _) =>
            {
                var (run, fails) = (Guid.CreateVersion7(), number % 4 == 3);
                _failing[run] = fails;
                string[] steps = [RecordingSteps.Work, RecordingSteps.Work, fails ? RecordingSteps.Refuse : RecordingSteps.Work];
                await sender.SendAsync("Saga.Contracts:StartProvisioning", JsonSerializer.Serialize(new { runId = run, steps, input = new { number } }));
            });
    }

    /// <summary>Waits until every run has ended and nothing is on its way, and compares what the three places say.</summary>
    public async Task EndsAsRecordedAsync(WorkerProcess api)
    {
        await Eventually.SeeAsync(
            $"{_failing.Count} runs to end",
            deployment.Database.CountEndedRunsAsync,
            ended => ended == _failing.Count,
            context: () => deployment.Output);
        await deployment.ShouldBeIdleAsync();
        await deployment.QueuesAreEmptyAsync("saga-runs", $"saga-step-{RecordingSteps.Work}", $"saga-step-{RecordingSteps.Refuse}");

        var runs = new RunApi(api);
        var wrong = new List<string>(effects.Misuses);
        foreach (var (run, fails) in _failing)
        {
            AddDifference(wrong, run, fails ? RolledBack : Completed, PlannedRun.EndOf(await runs.ReadAsync(run)));
            AddDifference(wrong, run, fails ? Undone : Done, effects.Of(run));
            AddDifference(wrong, run, fails ? "ProvisioningRolledBack" : "ProvisioningCompleted", string.Join(" and ", await EndsHeardAsync(run)));
        }

        wrong.ShouldBeEmpty(deployment.Output);
    }

    private const string Completed = "completed - [work completed, work completed, work completed]";

    private const string RolledBack = """rolled_back {"reason":"step_failed:refuse","compensate_from_idx":1} """
        + "[work compensated done, work compensated done, refuse failed (refused)]";

    private const string Done = "executed [work-0, work-1, work-2], compensated []";
    private const string Undone = "executed [refuse-2, work-0, work-1], compensated [work-0, work-1]";

    private static void AddDifference(List<string> wrong, Guid run, string expected, string actual)
    {
        if (actual != expected)
            wrong.Add($"{run}: {actual} instead of {expected}");
    }

    // A repeat has the content of the first, or it would not be one.
    private async Task<IEnumerable<string>> EndsHeardAsync(Guid run)
    {
        var heard = await Eventually.SeeAsync("the end to be told", _ => Task.FromResult(news.Of(run)), ends => ends.Count > 0, context: () => deployment.Output);
        return heard.DistinctBy(end => (end.Event, end.Message.GetRawText())).Select(end => end.Event);
    }
}
