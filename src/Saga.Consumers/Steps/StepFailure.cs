namespace Saga.Consumers;

/// <summary>A failure that converts to the result of any step. Made by <see cref="StepResult.Failed"/>.</summary>
public sealed record StepFailure
{
    internal StepFailure(string code, string message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        ArgumentNullException.ThrowIfNull(message);
        Code = code;
        Message = message;
    }

    /// <summary>A short name of the failure for programs.</summary>
    public string Code { get; }

    /// <summary>What happened, for people.</summary>
    public string Message { get; }
}
