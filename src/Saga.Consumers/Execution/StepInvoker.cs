using Microsoft.Extensions.Logging;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>Calls a step whose types are known only when the worker starts. Returns the answer to send.</summary>
internal abstract class StepInvoker
{
    public static StepInvoker For(Type step, Type input, Type output) =>
        (StepInvoker)Activator.CreateInstance(typeof(StepInvoker<,,>).MakeGenericType(step, input, output))!;

    public abstract Task<object> ExecuteAsync(
        ExecuteStep command, IServiceProvider services, ILogger logger, CancellationToken cancellationToken);

    public abstract Task<object> CompensateAsync(
        CompensateStep command, IServiceProvider services, ILogger logger, CancellationToken cancellationToken);
}
