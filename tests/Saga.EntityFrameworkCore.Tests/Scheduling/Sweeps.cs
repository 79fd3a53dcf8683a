namespace Saga.EntityFrameworkCore.Tests.Scheduling;

internal static class Sweeps
{
    /// <summary>Lets time pass and waits until the host has swept after that.</summary>
    public static async Task SweepOnceAsync(this OrderHost host, SteppedClock clock, TimeSpan time)
    {
        var before = Count(host);
        clock.Advance(time);
        await Eventually.TrueAsync("a whole sweep", _ =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(Count(host) >= before + 2);
        });
    }

    private static int Count(OrderHost host) => host.Traffic.Seen.Count(entry => entry == "WITH");
}
