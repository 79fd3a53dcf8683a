using System.CommandLine;
using Saga.Benchmarks.Idle;
using Saga.Benchmarks.Reports;

namespace Saga.Benchmarks.Commands;

/// <summary>Says what a worker costs that has nothing to do.</summary>
internal sealed class IdleCommand : Command
{
    private readonly Option<int> _seconds = NumberOption.Create("--seconds", 30, "How long it is watched.");

    public IdleCommand()
        : base("idle", "Measure the database queries and the memory of an idle embedded worker, against their limits.")
    {
        Add(_seconds);
        SetAction(MeasureAsync);
    }

    private async Task<int> MeasureAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var report = await IdleBenchmark.MeasureAsync(TimeSpan.FromSeconds(parsed.GetValue(_seconds)), cancellation);
        return await ReportJson.PrintAsync(report, report.Passed, "an idle worker costs more than it may.");
    }
}
