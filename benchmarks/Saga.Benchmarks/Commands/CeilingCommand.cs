using System.CommandLine;
using Saga.Benchmarks.Ceiling;
using Saga.Benchmarks.Reports;

namespace Saga.Benchmarks.Commands;

/// <summary>Says how close the durable product comes to what MassTransit and the broker could do without keeping anything.</summary>
internal sealed class CeilingCommand : Command
{
    private readonly ComparisonOptions _comparison = new();

    private readonly Option<bool> _lean = new("--lean")
    {
        Description = "Let the ceiling publish nothing but the end of a run, fewer events than the product.",
    };

    public CeilingCommand()
        : base("ceiling", "Compare the durable product, in alternating rounds, with a minimal MassTransit application that keeps nothing.")
    {
        Add(_lean);
        _comparison.AddTo(this, needServers: true);
        SetAction(MeasureAsync);
    }

    private async Task<int> MeasureAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = _comparison.Read(parsed);
        var report = await CeilingBenchmark.MeasureAsync(
            settings, new CeilingOptions(settings.QueueType, parsed.GetValue(_lean)), _comparison.Rounds(parsed), cancellation);
        return await ReportJson.PrintAsync(report, report.Correctness.Passed, "the correctness check failed: see `correctness`.");
    }
}
