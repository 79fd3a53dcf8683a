using System.Collections.Concurrent;
using Saga.Integration.Tests.Servers;
using Shouldly;

namespace Saga.Integration.Tests.Deployments;

/// <summary>
/// Many runs at once: one in four completes at once, one takes its time, one walks back, and one walks back over a step that cannot be
/// compensated.
/// </summary>
/// <param name="held">
/// The step at which one that takes its time and one that walks back wait until the test lets them go on, such as <see cref="Gate.Step"/>. Until then the load
/// is in its middle, however fast the machine is.
/// </param>
public sealed class Load(string held = "delay")
{
    /// <summary>A step at which runs can be held that no test has to host.</summary>
    public const string AwaitSignal = "await-signal";

    private const string LetGo = "let-go";
    private const int StartsAtOnce = 16;

    private readonly IReadOnlyList<string>[] _plans =
    [
        ["echo", "echo", "echo"],
        ["delay", "echo", held, "echo"],
        ["echo", "delay", held, "fail"],
        ["delay", "fail-compensation", "echo", "fail"],
    ];

    private readonly ConcurrentBag<PlannedRun> _runs = [];

    public int Count => _runs.Count;

    /// <summary>How many of a number of runs end while the others are held.</summary>
    public static int EndingOf(int count) => count / 2;

    /// <summary>Starts runs at these workers in turn. A start that is not accepted is made again, with the same run id, until it is.</summary>
    /// <param name="count">How many.</param>
    /// <param name="delay">How long each of its delay steps takes, as ISO 8601.</param>
    /// <param name="apis">Workers with the role api.</param>
    public Task StartAsync(int count, string delay, params WorkerProcess[] apis) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = StartsAtOnce },
        async (number, _) =>
        {
            var run = new PlannedRun(Guid.CreateVersion7(), _plans[number % _plans.Length]);
            var api = apis[number % apis.Length];
            await Eventually.SeeAsync(
                $"run {run.Id} to be accepted",
                cancellation => new RunApi(api).StartAsync(run.Steps, new { delay, message = number, signal = LetGo }, run.Id, cancellation),
                _ => true,
                context: () => api.Output);
            _runs.Add(run);
        });

    /// <summary>Lets go on what is held at <see cref="AwaitSignal"/>.</summary>
    public Task LetGoAsync(WorkerProcess api) => Parallel.ForEachAsync(
        _runs.Where(run => run.Steps.Contains(AwaitSignal)),
        async (run, cancellation) => await new RunApi(api).SignalAsync(run.Id, LetGo, new { }, cancellation));

    /// <summary>Waits until every run has ended, and compares each with what it had to become.</summary>
    public async Task EndsAsIntendedAsync(WorkerProcess api, Func<string> output)
    {
        var runs = new RunApi(api);
        await Eventually.SeeAsync("every run to end", runs.CountEndedAsync, ended => ended == Count, context: output);

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
