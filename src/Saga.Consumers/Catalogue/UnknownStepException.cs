namespace Saga.Consumers;

/// <summary>A command names a step that this worker does not host. It goes to the error queue, because no retry would change that.</summary>
/// <param name="step">The step of the command.</param>
public sealed class UnknownStepException(string step)
    : Exception($"This worker hosts no step `{step}`. A command is sent to the queue of its own step, saga-step-{{step}}. "
        + "Register the step with AddStep, or correct the address it was sent to.")
{
    /// <summary>The step of the command.</summary>
    public string Step { get; } = step;
}
