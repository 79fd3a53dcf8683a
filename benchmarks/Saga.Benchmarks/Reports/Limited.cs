namespace Saga.Benchmarks.Reports;

/// <summary>A figure that has a limit.</summary>
internal sealed record Limited(double Value, double Limit)
{
    public bool Passed => Value <= Limit;
}
