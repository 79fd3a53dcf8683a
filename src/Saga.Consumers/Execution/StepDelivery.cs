using MassTransit;
using Microsoft.Extensions.Logging;

namespace Saga.Consumers;

/// <summary>One delivery of a command: has the step decide on an answer, once, and sends it until it is sent.</summary>
internal sealed class StepDelivery(ConsumeContext context, Dispatch dispatch, AnswerSender sender, ILogger logger, CancellationToken workerStops)
{
    /// <summary>
    /// Answers the command. When sending fails the exception escapes, and the endpoint's retry tries again with the answer decided
    /// before; only when all of that fails, or the worker dies, is the step asked again.
    /// </summary>
    public async Task AnswerAsync(Func<CancellationToken, Task<object>> call, Func<TransientFailure, object> threw)
    {
        // The receive context lives as long as the delivery, so a retry finds what the attempt before left in it.
        var decision = context.ReceiveContext.GetOrAddPayload(() => new Decision());
        decision.Answer ??= await DecideAsync(call, threw);

        try
        {
            await sender.SendAsync(context, dispatch.AnswerTo, decision.Answer).WaitAsync(context.CancellationToken);
        }
        catch (Exception e) when (!context.CancellationToken.IsCancellationRequested)
        {
            Log.NotAnswered(logger, decision.Answer.GetType().Name, dispatch.Step, dispatch.RunId, dispatch.Node, dispatch.Attempt, e.GetBaseException().Message);
            throw;
        }

        Log.Answered(logger, decision.Answer.GetType().Name, dispatch.Step, dispatch.RunId, dispatch.Node, dispatch.Attempt);
    }

    private async Task<object> DecideAsync(Func<CancellationToken, Task<object>> call, Func<TransientFailure, object> threw)
    {
        using var scope = Log.Scope(logger, dispatch.RunId, dispatch.Node, dispatch.Attempt);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, workerStops);
        try
        {
            return await call(stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Log.Interrupted(logger, dispatch.Step, dispatch.RunId, dispatch.Node, dispatch.Attempt);
            throw;
        }
        catch (Exception e)
        {
            // Whatever a step throws is the end of that step, never of the worker.
            Log.StepThrew(logger, e, dispatch.Step, dispatch.RunId, dispatch.Node, dispatch.Attempt);
            return threw(TransientFailure.Of(e));
        }
    }

    private sealed class Decision
    {
        public object? Answer { get; set; }
    }
}
