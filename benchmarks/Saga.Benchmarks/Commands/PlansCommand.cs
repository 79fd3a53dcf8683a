using System.CommandLine;
using Saga.Benchmarks.Plans;
using Saga.Benchmarks.Reports;

namespace Saga.Benchmarks.Commands;

/// <summary>Says what the size of a plan costs.</summary>
internal sealed class PlansCommand : Command
{
    private readonly MeasurementOptions _measurement = new(lone: 1);
    private readonly Option<int> _nodes = NumberOption.Create("--nodes", 10_000, "How many nodes the long chain has, and how many items the fan-out.");
    private readonly Option<int> _atOnce = NumberOption.Create("--at-once", 200, "How many items of the fan-out, and how many independent runs, are under way at once.");

    public PlansCommand()
        : base("plans", "Compare a chain of thousands of nodes with short ones, and a fan-out with as many independent runs.")
    {
        Add(_nodes);
        Add(_atOnce);
        _measurement.AddTo(this);
        SetAction(MeasureAsync);
    }

    private async Task<int> MeasureAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var report = await PlansBenchmark.MeasureAsync(_measurement.Read(parsed), parsed.GetValue(_nodes), parsed.GetValue(_atOnce), cancellation);
        return await ReportJson.PrintAsync(report, passed: true, "");
    }
}
