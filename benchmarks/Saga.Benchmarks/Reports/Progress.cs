namespace Saga.Benchmarks.Reports;

/// <summary>Tells whoever waits how far it is; the standard output belongs to the report.</summary>
internal static class Progress
{
    public static void Say(string progress) => Console.Error.WriteLine(progress);
}
