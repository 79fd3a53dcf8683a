namespace Saga.EntityFrameworkCore.Tests.Scheduling;

internal static class Sweeps
{
    /// <summary>Lets time pass, at least as much as lies between two sweeps, and two seconds more, and waits until the host has swept after that.</summary>
    public static async Task SweepOnceAsync(this OrderHost host, SteppedClock clock, TimeSpan time)
    {
        var before = Count(host);
        clock.Advance(time);

        // The first may have begun before. The second is over when the third begins.
        foreach (var sweep in new[] { 1, 2 })
        {
            await SeeAsync(host, before + sweep);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        await SeeAsync(host, before + 3);
    }

    private static Task<int> SeeAsync(OrderHost host, int sweeps) => Eventually.SeeAsync($"{sweeps} sweeps", _ => Task.FromResult(Count(host)), count => count >= sweeps);

    private static int Count(OrderHost host) => host.Traffic.Seen.Count(entry => entry == "WITH");
}
