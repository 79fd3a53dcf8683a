using System.Collections.Concurrent;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Deployments;

/// <summary>
/// Many runs at once: one in four completes at once, one takes its time, one walks back, and one walks back over a step that cannot be
/// compensated.
/// </summary>
public sealed class Load
{
    private const int StartsAtOnce = 16;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private static readonly IReadOnlyList<string>[] Plans =
    [
        ["echo", "echo", "echo"],
        ["delay", "echo", "delay", "echo"],
        ["echo", "delay", "delay", "fail"],
        ["delay", "fail-compensation", "echo", "fail"],
    ];

    private readonly ConcurrentBag<PlannedRun> _runs = [];

    public int Count => _runs.Count;

    /// <summary>Starts runs at these workers in turn. A start that is not accepted is made again, with the same run id, until it is.</summary>
    /// <param name="count">How many.</param>
    /// <param name="delay">How long each of its delay steps takes, as ISO 8601.</param>
    /// <param name="apis">Workers with the role api.</param>
    public Task StartAsync(int count, string delay, params WorkerProcess[] apis) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = StartsAtOnce },
        async (number, _) =>
        {
            var run = new PlannedRun(Guid.CreateVersion7(), Plans[number % Plans.Length]);
            var api = apis[number % apis.Length];
            await Eventually.SeeAsync(
                $"run {run.Id} to be accepted",
                cancellation => new RunApi(api).StartAsync(run.Steps, new { delay, message = number }, run.Id, cancellation),
                _ => true,
                Limit,
                () => api.Output);
            _runs.Add(run);
        });

    /// <summary>Waits until every run has ended, and compares each with what it had to become.</summary>
    public async Task EndsAsIntendedAsync(WorkerProcess api, Func<string> output)
    {
        var runs = new RunApi(api);
        await Eventually.SeeAsync("every run to end", runs.CountEndedAsync, ended => ended == Count, Limit, output);

        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(_runs, async (run, cancellation) =>
        {
            var end = PlannedRun.EndOf(await runs.ReadAsync(run.Id, cancellation));
            if (end != run.ExpectedEnd)
            {
                wrong.Add($"{run.Id} ended as {end} instead of {run.ExpectedEnd}");
            }
        });
        wrong.ShouldBeEmpty(output());
    }
}
