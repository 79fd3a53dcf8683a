namespace Saga.Consumers.Tests.Support;

/// <summary>Ends a test that would otherwise wait forever. No test expects it to pass.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static CancellationToken Token() => new CancellationTokenSource(Limit).Token;
}
