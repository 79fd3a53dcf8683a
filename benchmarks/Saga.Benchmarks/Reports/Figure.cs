namespace Saga.Benchmarks.Reports;

/// <summary>Numbers as people read them: no digits that mean nothing.</summary>
internal static class Figure
{
    private const double BytesPerMebibyte = 1024 * 1024;

    public static double Of(double value) => Math.Round(value, value < 10 ? 3 : 1);

    public static double Mebibytes(long bytes) => Math.Round(bytes / BytesPerMebibyte, 1);
}
