namespace Saga.Integration.Tests.Servers;

/// <summary>Waits for what other processes bring about, by looking again and again.</summary>
public static class Eventually
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Looks until the condition holds, and returns what it saw then. Failing to look counts as "not yet".</summary>
    /// <param name="expectation">Completes "Expected …" in the failure's message.</param>
    /// <param name="observe">Looks once.</param>
    /// <param name="condition">Tells whether that is what was waited for.</param>
    /// <param name="within">How long to look, <see cref="Patience.Limit"/> when left out.</param>
    /// <param name="context">What else helps to understand a failure, such as the output of a worker.</param>
    public static async Task<T> SeeAsync<T>(
        string expectation,
        Func<CancellationToken, Task<T>> observe,
        Func<T, bool> condition,
        TimeSpan? within = null,
        Func<string>? context = null)
    {
        var limit = within ?? Patience.Limit;
        var lastSeen = "nothing";
        using var deadline = new CancellationTokenSource(limit);
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                try
                {
                    var value = await observe(deadline.Token).WaitAsync(deadline.Token);
                    if (condition(value))
                    {
                        return value;
                    }

                    lastSeen = value?.ToString() ?? "null";
                }
                catch (Exception failure) when (failure is not GivenUpException && !deadline.IsCancellationRequested)
                {
                    // A server that is not there yet, or not there again, is what is being waited for.
                    lastSeen = $"{failure.GetType().Name}: {failure.Message}";
                }
            }
            while (await timer.WaitForNextTickAsync(deadline.Token));
        }
        catch (Exception) when (deadline.IsCancellationRequested)
        {
            // Told below.
        }

        Assert.Fail($"Expected {expectation} within {limit}. Last seen: {lastSeen}{Environment.NewLine}{context?.Invoke()}");
        throw new InvalidOperationException("Assert.Fail returned.");
    }

    /// <summary>Looks until the condition holds.</summary>
    public static Task TrueAsync(
        string expectation,
        Func<CancellationToken, Task<bool>> condition,
        TimeSpan? within = null,
        Func<string>? context = null) => SeeAsync(expectation, condition, holds => holds, within, context);
}
