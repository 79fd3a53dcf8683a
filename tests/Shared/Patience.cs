namespace Saga.Tests;

/// <summary>Ends a test that would otherwise wait forever. No test expects it to pass.</summary>
internal static class Patience
{
    /// <summary>
    /// So long that no machine is too slow: what is waited for comes much sooner, so this costs nothing but when it never comes. <c>SAGA_TEST_PATIENCE</c> sets it,
    /// in seconds, for those who expect tests to fail.
    /// </summary>
    public static readonly TimeSpan Limit =
        int.TryParse(Environment.GetEnvironmentVariable("SAGA_TEST_PATIENCE"), out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromMinutes(10);

    public static CancellationToken Token() => new CancellationTokenSource(Limit).Token;
}
