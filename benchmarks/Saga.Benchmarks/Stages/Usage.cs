using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Servers;
using Saga.Benchmarks.Workers;

namespace Saga.Benchmarks.Stages;

/// <summary>What was used between two snapshots, for each step.</summary>
internal sealed class Usage(Stage stage, Snapshot before, Snapshot after, int steps)
{
    /// <summary>What the client asked of the database itself.</summary>
    public DatabaseCounts OwnDatabase => after.Client.Database - before.Client.Database;

    /// <summary>By process: workers, servers, and last the client.</summary>
    public IReadOnlyList<ProcessReport> Processes() => [.. Workers(), .. Servers(), Of("client", before.Client, after.Client)];

    public ResourceReport Resources()
    {
        var workers = Workers().ToList();
        var all = Processes();
        return new ResourceReport
        {
            ProductCpuMillisecondsPerStep = MillisecondsPerStep(workers.Sum(worker => worker.CpuSeconds)),
            AllCpuMillisecondsPerStep = MillisecondsPerStep(all.Sum(process => process.CpuSeconds)),
            AllocatedBytesPerStep = Math.Round(workers.Sum(worker => worker.AllocatedBytesPerStep!.Value)),
            Processes = all,
        };
    }

    public DatabaseReport Database(string kind, DatabaseServerReport? server)
    {
        var counts = after.Database - before.Database;
        return new DatabaseReport
        {
            Kind = kind,
            TransactionsPerStep = PerStep(counts.Transactions),
            CommandsPerStep = PerStep(counts.Commands),
            RoundTripsPerStep = PerStep(counts.RoundTrips),
            Failures = counts.Failures,
            Server = server,
        };
    }

    public double PerStep(double value) => Figure.Of(value / steps);

    private IEnumerable<ProcessReport> Workers() =>
        stage.Workers.Select((worker, i) => Of(worker.Name, before.Workers[i], after.Workers[i]));

    private IEnumerable<ProcessReport> Servers() =>
        stage.Servers.SelectMany((server, i) => Of(server, before.ServerCpuSeconds[i], after.ServerCpuSeconds[i]));

    private ProcessReport Of(string name, WorkerSample from, WorkerSample to) => new()
    {
        Name = name,
        CpuSeconds = Figure.Of(to.CpuSeconds - from.CpuSeconds),
        CpuMillisecondsPerStep = MillisecondsPerStep(to.CpuSeconds - from.CpuSeconds),
        AllocatedBytesPerStep = Math.Round((double)(to.AllocatedBytes - from.AllocatedBytes) / steps),
        Collections = to.Collections - from.Collections,
        PeakMemoryMiB = Figure.Mebibytes(to.PeakRssBytes),
    };

    // A server that ended meanwhile has taken its times with it.
    private IEnumerable<ProcessReport> Of(LocalServer server, double? from, double? to)
    {
        if (to - from is not { } seconds)
            yield break;

        yield return new ProcessReport
        {
            Name = server.Name,
            CpuSeconds = Figure.Of(seconds),
            CpuMillisecondsPerStep = MillisecondsPerStep(seconds),
            PeakMemoryMiB = Figure.Mebibytes(server.PeakBytes),
        };
    }

    private double MillisecondsPerStep(double seconds) => PerStep(seconds * 1000);
}
