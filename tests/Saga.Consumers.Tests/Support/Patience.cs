namespace Saga.Consumers.Tests.Support;

/// <summary>Ends a test that would otherwise wait forever. No test expects it to pass.</summary>
internal static class Patience
{
    public static CancellationToken Token() => new CancellationTokenSource(TimeSpan.FromSeconds(10)).Token;
}
