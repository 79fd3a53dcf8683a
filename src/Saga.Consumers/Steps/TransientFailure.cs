namespace Saga.Consumers;

/// <summary>
/// A technical failure, which another attempt may not have. It converts to the result of any step, and is made by
/// <see cref="StepResult.Transient"/>, <see cref="StepResult.Retry"/> and <see cref="StepResult.FromException"/>.
/// </summary>
public sealed record TransientFailure
{
    internal TransientFailure(string code, string message, TimeSpan? retryAfter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        ArgumentNullException.ThrowIfNull(message);
        Code = code;
        Message = message;
        RetryAfter = Checked(retryAfter);
    }

    /// <summary>A short name of the failure for programs. A node's retry policy may list it as <c>nonRetryable</c>.</summary>
    public string Code { get; }

    /// <summary>What happened, for people.</summary>
    public string Message { get; }

    /// <summary>How long to wait before the next attempt; null leaves it to the node's retry policy.</summary>
    public TimeSpan? RetryAfter { get; }

    internal static TransientFailure Of(Exception exception) => exception is TransientStepException transient
        ? new(transient.Code, transient.Message, transient.RetryAfter)
        : new(FailureCodes.Exception, $"{exception.GetType().Name}: {exception.Message}", retryAfter: null);

    /// <summary>The failure of an error handler, which must not hide what it was asked about.</summary>
    internal TransientFailure After(Exception handled) =>
        new(Code, $"{Of(handled).Message} The error handler of the step threw on it: {Message}", RetryAfter);

    internal static TimeSpan? Checked(TimeSpan? retryAfter) => retryAfter is null || retryAfter >= TimeSpan.Zero
        ? retryAfter
        : throw new ArgumentException(
            $"The wait before the next attempt is {retryAfter:c}. It must not be negative. Give zero for an attempt at once.", nameof(retryAfter));
}
