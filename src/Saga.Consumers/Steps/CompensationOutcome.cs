namespace Saga.Consumers;

/// <summary>What a step says about its compensation.</summary>
public abstract record CompensationOutcome
{
    private protected CompensationOutcome()
    {
    }

    /// <summary>The work was taken back, and nothing of it is left.</summary>
    public static CompensationOutcome Compensated { get; } = new CompensationDone();

    /// <summary>There was nothing to take back: it never happened, or it is gone already.</summary>
    public static CompensationOutcome NothingToDo { get; } = new CompensationNotNeeded();

    /// <summary>The work could not be taken back. The run ends <c>failed</c> instead of <c>rolled_back</c>.</summary>
    /// <param name="code">A short name of the failure for programs, such as <c>still_in_use</c>.</param>
    /// <param name="message">What happened, for people. Everything after 4,000 characters is cut off.</param>
    public static CompensationOutcome Failed(string code, string message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        ArgumentNullException.ThrowIfNull(message);
        return new CompensationFailure(code, message);
    }
}

/// <summary>The work was taken back.</summary>
public sealed record CompensationDone : CompensationOutcome;

/// <summary>There was nothing to take back.</summary>
public sealed record CompensationNotNeeded : CompensationOutcome;

/// <summary>The step could not be compensated.</summary>
/// <param name="Code">A short name of the failure for programs.</param>
/// <param name="Message">What happened, for people.</param>
public sealed record CompensationFailure(string Code, string Message) : CompensationOutcome;
