namespace Saga.Benchmarks.Reports;

/// <summary>One thing that must be so.</summary>
internal sealed record Check(string What, long Expected, long Actual)
{
    public bool Passed => Expected == Actual;
}
