using Saga.Benchmarks.Comparison;
using Saga.Benchmarks.Databases;
using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Stages;
using Saga.Benchmarks.Workers;
using Saga.Contracts;

namespace Saga.Benchmarks.Growth;

/// <summary>Compares the product on a database with many ended runs with the product on an empty one.</summary>
internal static class GrowthBenchmark
{
    public static async Task<ComparisonReport> MeasureAsync(MeasurementSettings settings, int stored, int rounds, CancellationToken cancellation)
    {
        var machine = new Machine();
        using var ownDatabase = new DatabaseCounter();
        Progress.Say("Starting the processes…");
        await using var fullStage = await ProductStage.SetAsync(settings, cancellation);
        await using var emptyStage = await ProductStage.SetAsync(settings, cancellation);
        var full = new LoadedStage(fullStage, settings, ownDatabase);
        var empty = new LoadedStage(emptyStage, settings, ownDatabase);

        // Before the warm-up, so that it is the full database that the processes get used to.
        await full.WaitUntilAcceptedAsync(cancellation);
        await new RunHistory(fullStage.Database!).FillAsync(stored, cancellation);

        var comparison = new PairedComparison(
            Side(
                full,
                "full",
                "The product on a database with so many runs that completed: copies of a real one, one for each second before it, with all its "
                    + "ledger rows; their ids are version 7 UUIDs, as those of the measured runs.",
                stored),
            Side(empty, "empty", "The product on a database that holds nothing but the benchmark's own runs.", runsBefore: 0),
            rounds,
            machine);
        return await comparison.MeasureAsync("growth", ConfigurationReport.Of(settings, fullStage.Database!.Kind), cancellation);

        Side Side(LoadedStage stage, string name, string what, int runsBefore) => new(stage, settings, new SideDescription(name, what)
        {
            Publishes = [nameof(ProvisioningAccepted), nameof(ProvisioningStarted), nameof(ProvisioningCompleted)],
            RunsStoredBefore = runsBefore,
        });
    }
}
