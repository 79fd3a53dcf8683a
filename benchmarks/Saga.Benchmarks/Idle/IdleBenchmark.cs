using System.Diagnostics;
using Saga.Benchmarks.Load;
using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Workers;

namespace Saga.Benchmarks.Idle;

/// <summary>Watches a worker that has nothing to do.</summary>
internal static class IdleBenchmark
{
    private const double MostQueriesPerSecond = 2;
    private const double MostMemoryMiB = 200;

    private static readonly TimeSpan _settle = TimeSpan.FromSeconds(5);

    public static async Task<IdleReport> MeasureAsync(TimeSpan duration, CancellationToken cancellation)
    {
        var machine = new Machine();
        Progress.Say($"Watching an idle worker for {duration.TotalSeconds:0} s…");
        await using var folder = new ScratchFolder();
        await using var worker = await WorkerProcess.StartAsync(
            "idle",
            folder.Directory,
            new EndedRuns(),
            ProductWorker.Command(
                $"--ConnectionStrings:Database=Data Source={Path.Combine(folder.Directory.FullName, "saga.db")}",
                "--ConnectionStrings:Broker=",
                "--Saga:Roles=orchestrator,steps,api"),
            cancellation);

        await Task.Delay(_settle, cancellation);
        var before = await worker.SampleAsync(cancellation);
        var begun = Stopwatch.GetTimestamp();
        await Task.Delay(duration, cancellation);
        var after = await worker.SampleAsync(cancellation);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;

        return new IdleReport
        {
            At = DateTimeOffset.UtcNow,
            Machine = machine,
            Seconds = Figure.Of(seconds),
            DatabaseQueriesPerSecond = new Limited(Figure.Of((after.Database - before.Database).Commands / seconds), MostQueriesPerSecond),
            ResidentMemoryMiB = new Limited(Figure.Mebibytes(after.RssBytes), MostMemoryMiB),
            PeakResidentMemoryMiB = Figure.Mebibytes(after.PeakRssBytes),
            CpuPercent = Figure.Of((after.CpuSeconds - before.CpuSeconds) / seconds * 100),
        };
    }
}
