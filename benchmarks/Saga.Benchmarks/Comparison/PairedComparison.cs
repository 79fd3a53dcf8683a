using Saga.Benchmarks.Reports;

namespace Saga.Benchmarks.Comparison;

/// <summary>
/// Measures two sides in turn, so that what the machine does meanwhile happens to both: what disturbs a round disturbs its neighbour, and hardly
/// their ratio.
/// </summary>
/// <param name="measured">The side that is of interest.</param>
/// <param name="baseline">What it is compared with.</param>
/// <param name="rounds">How often each is measured.</param>
/// <param name="machine">Looked at before there was anything to do.</param>
internal sealed class PairedComparison(Side measured, Side baseline, int rounds, Machine machine)
{
    public async Task<ComparisonReport> MeasureAsync(string benchmark, ConfigurationReport configuration, CancellationToken cancellation)
    {
        Side[] sides = [measured, baseline];
        foreach (var side in sides)
        {
            Progress.Say($"Warming up {side.Name} with {configuration.WarmUp} runs…");
            await side.WarmUpAsync(cancellation);
        }

        for (var round = 1; round <= rounds; round++)
        {
            foreach (var side in sides)
            {
                await side.MeasureRoundAsync(cancellation);
                var figures = side.Rounds[^1];
                Progress.Say($"Round {round} of {rounds}, {side.Name}: {figures.StepsPerSecond} steps/s, "
                    + $"alone {figures.LatencyAloneMilliseconds?.P50} ms.");
            }
        }

        Progress.Say("Checking…");
        return new ComparisonReport
        {
            Benchmark = benchmark,
            At = DateTimeOffset.UtcNow,
            Configuration = configuration,
            Machine = machine,
            Ratio = RatioReport.Between(measured, baseline),
            Sides = sides.ToDictionary(side => side.Name, SideReport.Of, StringComparer.Ordinal),
            Rounds = [.. Enumerable.Range(0, rounds)
                .Select(round => sides.ToDictionary(side => side.Name, side => side.Rounds[round], StringComparer.Ordinal))],
            Correctness = new CorrectnessReport
            {
                Checks = [.. await measured.CheckAsync(cancellation), .. await baseline.CheckAsync(cancellation)],
                RepeatedEnds = sides.Sum(side => side.RepeatedEnds),
            },
        };
    }
}
