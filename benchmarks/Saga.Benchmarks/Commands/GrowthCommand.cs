using System.CommandLine;
using Saga.Benchmarks.Growth;
using Saga.Benchmarks.Reports;

namespace Saga.Benchmarks.Commands;

/// <summary>Says what stored runs cost those that come after them.</summary>
internal sealed class GrowthCommand : Command
{
    private readonly ComparisonOptions _comparison = new();
    private readonly Option<int> _stored = NumberOption.Create("--stored", 1_000_000, "How many ended runs the full database holds.");

    public GrowthCommand()
        : base("growth", "Compare the product, in alternating rounds, on a database with many ended runs and on an empty one.")
    {
        Add(_stored);
        _comparison.AddTo(this, needServers: false);
        Validators.Add(parsed =>
        {
            if (parsed.GetValue(_comparison.Database)?.Contains("Data Source", StringComparison.OrdinalIgnoreCase) == true)
            {
                parsed.AddError("growth needs two SQLite files and makes them itself, in the temporary folder. "
                    + "Leave out --database, or name a PostgreSQL.");
            }
        });
        SetAction(MeasureAsync);
    }

    private async Task<int> MeasureAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var report = await GrowthBenchmark.MeasureAsync(
            _comparison.Read(parsed), parsed.GetValue(_stored), _comparison.Rounds(parsed), cancellation);
        return await ReportJson.PrintAsync(report, report.Correctness.Passed, "the correctness check failed: see `correctness`.");
    }
}
