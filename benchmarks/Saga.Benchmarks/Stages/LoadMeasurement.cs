using Saga.Benchmarks.Load;

namespace Saga.Benchmarks.Stages;

/// <summary>What a load came to, and what it took.</summary>
internal sealed record LoadMeasurement(LoadResult Result, Usage Usage, int OutboxRows);
