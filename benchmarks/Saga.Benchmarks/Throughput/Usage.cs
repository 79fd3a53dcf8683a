using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Servers;
using Saga.Benchmarks.Workers;

namespace Saga.Benchmarks.Throughput;

/// <summary>What was used between two snapshots, for each step.</summary>
internal sealed class Usage(Stage stage, Snapshot before, Snapshot after, int steps)
{
    public ResourceReport Resources()
    {
        var workers = stage.Workers.Select((worker, i) => Of(worker.Name, before.Workers[i], after.Workers[i])).ToList();
        var servers = stage.Servers.SelectMany((server, i) => Of(server, before.ServerCpuSeconds[i], after.ServerCpuSeconds[i]));
        List<ProcessReport> all = [.. workers, .. servers, Of("client", before.Client, after.Client)];
        return new ResourceReport
        {
            ProductCpuMillisecondsPerStep = MillisecondsPerStep(workers.Sum(worker => worker.CpuSeconds)),
            AllCpuMillisecondsPerStep = MillisecondsPerStep(all.Sum(process => process.CpuSeconds)),
            AllocatedBytesPerStep = Math.Round(workers.Sum(worker => worker.AllocatedBytesPerStep!.Value)),
            Processes = all,
        };
    }

    public DatabaseReport Database(DatabaseServerReport? server)
    {
        var counts = after.Database - before.Database;
        return new DatabaseReport
        {
            Kind = stage.Database.Kind,
            TransactionsPerStep = PerStep(counts.Transactions),
            CommandsPerStep = PerStep(counts.Commands),
            RoundTripsPerStep = PerStep(counts.RoundTrips),
            Failures = counts.Failures,
            Server = server,
        };
    }

    public double PerStep(double value) => Figure.Of(value / steps);

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
