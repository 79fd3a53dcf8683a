using Microsoft.Extensions.Logging;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>What a step knows while it is compensated. A test of a step makes one from a <see cref="CompensateStep"/>.</summary>
/// <typeparam name="TInput">The input of the step.</typeparam>
/// <typeparam name="TOutput">The output of the step.</typeparam>
public sealed class CompensationContext<TInput, TOutput> : DispatchContext<TInput>
{
    /// <summary>Makes the context of one attempt.</summary>
    /// <param name="command">The command to compensate.</param>
    /// <param name="input">The command's input, read.</param>
    /// <param name="output">The command's output, read; null when it has none.</param>
    /// <param name="logger">Where the step logs.</param>
    /// <param name="cancellationToken">Signalled when the worker stops.</param>
    public CompensationContext(CompensateStep command, TInput input, TOutput? output, ILogger logger, CancellationToken cancellationToken)
        : base(Dispatch.Of(command), command.Context, input, logger, cancellationToken)
    {
        Reason = command.Reason;
        Output = output;
    }

    /// <summary>Why the run walks back, such as <c>step_failed:create-vpc</c>, <c>cancelled</c> or <c>rollback_requested</c>.</summary>
    public string Reason { get; }

    /// <summary>What the step returned. Default when it is not known: the output could not be stored, or the outcome is unknown.</summary>
    public TOutput? Output { get; }
}
