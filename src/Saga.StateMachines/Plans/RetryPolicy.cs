using System.Collections.Immutable;

namespace Saga.StateMachines.Plans;

/// <summary>When something that failed for technical reasons is tried again.</summary>
/// <param name="MaxAttempts">How often it is tried in all, from 1.</param>
/// <param name="Backoff">How the waits grow.</param>
/// <param name="Initial">The wait before the second attempt.</param>
/// <param name="Max">The longest wait.</param>
/// <param name="Jitter">Whether each wait is shortened by a random part, up to half, so that what failed together is not tried again together.</param>
/// <param name="NonRetryable">The failure codes of which no attempt would be better.</param>
public sealed record RetryPolicy(
    int MaxAttempts, Backoff Backoff, TimeSpan Initial, TimeSpan Max, bool Jitter, ImmutableArray<string> NonRetryable)
{
    /// <summary>3 attempts, exponentially from 1 s to 1 min.</summary>
    public static RetryPolicy ForExecution { get; } = new(3, Backoff.Exponential, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), Jitter: true, []);

    /// <summary>The same with 5 attempts, because what is not compensated needs a person.</summary>
    public static RetryPolicy ForCompensation { get; } = ForExecution with { MaxAttempts = 5 };

    /// <summary>Whether another attempt follows attempt <paramref name="attempt"/>, which failed with <paramref name="code"/>.</summary>
    public bool Allows(int attempt, string code) => attempt < MaxAttempts && !NonRetryable.Contains(code, StringComparer.Ordinal);

    /// <summary>The wait after attempt <paramref name="attempt"/> failed.</summary>
    /// <param name="attempt">The attempt, from 1.</param>
    /// <param name="chance">A number from 0 to 1 for the jitter.</param>
    public TimeSpan WaitAfter(int attempt, double chance)
    {
        // Computed as floating point: 2^1000 seconds is infinity there and an overflow elsewhere.
        var factor = Backoff switch
        {
            Backoff.Fixed => 1,
            Backoff.Linear => attempt,
            _ => Math.Pow(2, attempt - 1),
        };
        var ticks = Math.Min(Initial.Ticks * factor, Max.Ticks);
        return TimeSpan.FromTicks((long)(Jitter ? ticks * (1 - (chance / 2)) : ticks));
    }

    /// <summary>Policies that say the same are equal.</summary>
    public bool Equals(RetryPolicy? other) =>
        other is not null
        && (MaxAttempts, Backoff, Initial, Max, Jitter) == (other.MaxAttempts, other.Backoff, other.Initial, other.Max, other.Jitter)
        && NonRetryable.SequenceEqual(other.NonRetryable, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MaxAttempts, Backoff, Initial, Max, Jitter, NonRetryable.Length);
}
