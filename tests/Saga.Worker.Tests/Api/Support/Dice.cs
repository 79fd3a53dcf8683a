namespace Saga.Worker.Tests.Api.Support;

/// <summary>Numbers that look random and are the same in each run: splitmix64 (G. Steele et al., "Fast splittable pseudorandom number generators", 2014).</summary>
internal sealed class Dice(int seed)
{
    private ulong _state = (ulong)seed;

    /// <summary>A number from 0, smaller than <paramref name="sides"/>.</summary>
    public int Next(int sides)
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)sides);
    }

    public T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];
}
