using System.CommandLine;
using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Throughput;

namespace Saga.Benchmarks.Commands;

/// <summary>Runs many runs and says what each of their steps costs.</summary>
internal sealed class ThroughputCommand : Command
{
    private readonly MeasurementOptions _measurement = new(lone: 50);

    public ThroughputCommand()
        : base("throughput", "Measure throughput, latency, and what each step costs in CPU, memory and database work.")
    {
        _measurement.AddTo(this);
        SetAction(MeasureAsync);
    }

    private async Task<int> MeasureAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var report = await new ThroughputBenchmark(_measurement.Read(parsed)).MeasureAsync(cancellation);
        return await ReportJson.PrintAsync(report, report.Correctness.Passed, "the correctness check failed: see `correctness`.");
    }
}
