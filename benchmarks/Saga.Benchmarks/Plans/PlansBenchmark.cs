using System.Text.Json;
using Saga.Benchmarks.Reports;
using Saga.Benchmarks.Stages;
using Saga.Benchmarks.Workers;

namespace Saga.Benchmarks.Plans;

/// <summary>Says what the size of a plan costs: a chain of thousands against short ones, a fan-out against independent runs.</summary>
internal static class PlansBenchmark
{
    private const int ShortChain = 10;
    private const int Starts = 3;

    public static async Task<PlansReport> MeasureAsync(MeasurementSettings settings, int nodes, int atOnce, CancellationToken cancellation)
    {
        var machine = new Machine();
        using var ownDatabase = new DatabaseCounter();
        Progress.Say("Starting the processes…");
        await using var stage = await ProductStage.SetAsync(settings, cancellation);
        await new LoadedStage(stage, settings, ownDatabase).WaitUntilAcceptedAsync(cancellation);
        var load = new PlanLoad(stage, settings, ownDatabase);
        var shortChain = PlanDocuments.Chain(ShortChain);
        var items = JsonSerializer.SerializeToElement(Enumerable.Range(0, nodes));
        var one = PlanDocuments.Chain(1);

        await load.MeasureAsync("Warming up", shortChain, input: null, settings.WarmUp, settings.Concurrency, ShortChain, cancellation);
        await load.MeasureAsync("Warming up with a fan-out", PlanDocuments.FanOut(atOnce), items, 1, 1, nodes, cancellation);
        var starts = new List<double>();
        for (var i = 0; i < Starts; i++)
            starts.Add(Figure.Of((await load.RunAsync(PlanDocuments.FailingChain(nodes, $"start {i}"), input: null, "rolled_back", cancellation)).TotalMilliseconds));

        var longChain = await load.MeasureAsync($"A chain of {nodes} nodes", PlanDocuments.Chain(nodes), null, 1, 1, nodes, cancellation);
        var shortChains = await load.MeasureAsync(
            $"{nodes / ShortChain} chains of {ShortChain} nodes, one after the other", shortChain, null, nodes / ShortChain, 1, ShortChain, cancellation);
        var fanOut = await load.MeasureAsync($"A fan-out of {nodes} items, {atOnce} at once", PlanDocuments.FanOut(atOnce), items, 1, 1, nodes, cancellation);
        var independent = await load.MeasureAsync($"{nodes} runs of one step, {atOnce} at once", one, null, nodes, atOnce, 1, cancellation);
        return new PlansReport
        {
            At = DateTimeOffset.UtcNow,
            Machine = machine,
            Database = stage.Database!.Kind,
            Nodes = nodes,
            StartMilliseconds = starts,
            LongChain = longChain,
            ShortChains = shortChains,
            LongToShort = new Dictionary<string, double?>(StringComparer.Ordinal)
            {
                ["cpu"] = Figure.Of(longChain.ProductCpuMillisecondsPerStep / shortChains.ProductCpuMillisecondsPerStep),
                ["writtenBytes"] = longChain.WrittenBytesPerStep / shortChains.WrittenBytesPerStep is { } ratio ? Figure.Of(ratio) : null,
                ["allocatedBytes"] = Figure.Of(longChain.AllocatedBytesPerStep / shortChains.AllocatedBytesPerStep),
            },
            FanOut = fanOut,
            IndependentRuns = independent,
            FanOutToIndependent = Figure.Of(fanOut.StepsPerSecond / independent.StepsPerSecond),
        };
    }
}
