namespace Saga.StateMachines.Faults;

/// <summary>When a message that could not be handled is handled again: after a second, then after twice as long each time, up to ten minutes; about two hours in all.</summary>
internal static class FaultBackOff
{
    /// <summary>After so many tries a message is given up.</summary>
    public const int MostTries = 20;

    private const int LongestSeconds = 600;

    /// <summary>The moment of the next try.</summary>
    /// <param name="tries">How often it could not be handled.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null when it is given up.</returns>
    public static DateTimeOffset? Next(int tries, DateTimeOffset now) =>
        tries >= MostTries ? null : now.AddSeconds(Math.Min(LongestSeconds, Math.Pow(2, tries - 1)));
}
