namespace Saga.Consumers;

/// <summary>
/// Thrown by a step, anywhere below it, for a technical failure with a code of its own. Every other exception has the code <c>exception</c>;
/// with a code, a node's retry policy can list the failure as <c>nonRetryable</c>, and people can tell it from others.
/// </summary>
public sealed class TransientStepException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="code">A short name of the failure for programs, such as <c>rate_limited</c>.</param>
    /// <param name="message">What happened, for people. Everything after 4,000 characters is cut off.</param>
    /// <param name="innerException">What it follows from.</param>
    /// <exception cref="ArgumentException">The code is null or blank.</exception>
    public TransientStepException(string code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        Code = code;
    }

    /// <summary>A short name of the failure for programs.</summary>
    public string Code { get; }

    /// <summary>
    /// How long to wait before the next attempt, from zero; null leaves it to the node's retry policy. Compensations always leave it to
    /// the policy.
    /// </summary>
    /// <exception cref="ArgumentException">The value is negative.</exception>
    public TimeSpan? RetryAfter { get; init => field = TransientFailure.Checked(value); }
}
