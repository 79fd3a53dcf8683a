namespace Saga.Benchmarks.Reports;

/// <summary>The value in the middle; between the two in the middle of an even number.</summary>
internal static class Median
{
    /// <summary>Null when there is no value, or one is missing.</summary>
    public static double? Of(IEnumerable<double?> values)
    {
        double?[] sorted = [.. values.Order()];
        if (sorted.Length == 0 || sorted.Contains(null))
            return null;
        return Figure.Of((sorted[(sorted.Length - 1) / 2]!.Value + sorted[sorted.Length / 2]!.Value) / 2);
    }
}
