namespace Saga.Consumers;

/// <summary>The codes a worker uses when it is not the step that names the failure.</summary>
public static class FailureCodes
{
    /// <summary>The step threw an exception without a code of its own. Another attempt may follow.</summary>
    public const string Exception = "exception";

    /// <summary>The step asked for another attempt with <see cref="StepResult.Retry"/>.</summary>
    public const string Retry = "retry";

    /// <summary>The input does not fit the step. The step was not called, and no other attempt would change that.</summary>
    public const string InvalidInput = "invalid_input";

    /// <summary>
    /// The step returned what cannot be written as JSON; it did its work, so the run walks back and compensates it without an output. Or the stored output does
    /// not fit the step any more, so it could not be compensated: the step was not called, and no other attempt would change that.
    /// </summary>
    public const string InvalidOutput = "invalid_output";
}
