using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using MassTransit;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>
/// Sends answers to the orchestrator. While a message is on its way, the answers that become ready gather and travel in the next one; nothing waits for a
/// timer, so a lone answer is sent at once.
/// </summary>
internal sealed class AnswerSender(IBus bus)
{
    // A message stays small, so that the orchestrator's own limits still mean something; and an answer that is large anyway does not hold up the others.
    private const int MostTogether = 32;
    private const int LargestTogether = 4 * 1024;

    // A send that lost its connection waits for the next one whatever its token says, and would hold up all that wait for it.
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(30);
    private static readonly Uri Orchestrator = new("exchange:saga-runs");

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    private bool _isSending;

    /// <summary>Completes when the broker has the answer; fails, within a minute, when it may not have it.</summary>
    public Task SendAsync(ConsumeContext context, object answer)
    {
        if (SizeOf(answer) > LargestTogether)
            return SendAloneAsync(context, answer);

        lock (_lock)
        {
            if (_isSending)
            {
                var waiting = new Waiting(AnswerOf(answer, context), answer, Activity.Current);
                _waiting.Enqueue(waiting);
                return waiting.Sent.Task;
            }

            _isSending = true;
        }

        return SendFirstAsync(context, answer);
    }

    private async Task SendFirstAsync(ConsumeContext context, object answer)
    {
        try
        {
            await SendAloneAsync(context, answer);
        }
        finally
        {
            // Whoever was first goes on with its own command; the answers that gathered meanwhile are nobody's in particular.
            _ = Task.Run(SendGatheredAsync);
        }
    }

    private static async Task SendAloneAsync(ConsumeContext context, object answer)
    {
        var orchestrator = await context.GetSendEndpoint(Orchestrator);
        await orchestrator.Send(answer, answer.GetType(), context.CancellationToken).WaitAsync(SendPatience, context.CancellationToken);
    }

    private async Task SendGatheredAsync()
    {
        while (true)
        {
            List<Waiting> together;
            lock (_lock)
            {
                if (_waiting.Count == 0)
                {
                    _isSending = false;
                    return;
                }

                together = Take();
            }

            try
            {
                await SendAsync(together).WaitAsync(SendPatience);
                together.ForEach(waiting => waiting.Sent.TrySetResult());
            }
            catch (Exception exception)
            {
                together.ForEach(waiting => waiting.Sent.TrySetException(exception));
            }
        }
    }

    private List<Waiting> Take()
    {
        var together = new List<Waiting>(Math.Min(_waiting.Count, MostTogether));
        while (together.Count < MostTogether && _waiting.TryDequeue(out var waiting))
            together.Add(waiting);
        return together;
    }

    private async Task SendAsync(List<Waiting> together)
    {
        var orchestrator = await bus.GetSendEndpoint(Orchestrator);
        var only = together.Count == 1 ? together[0] : null;

        // This runs in the flow of the answer that was first of all, which was sent long ago.
        Activity.Current = only?.Span;
        if (only is not null)
            await orchestrator.Send(only.Message, only.Message.GetType(), Pipe.Execute<SendContext>(send => send.ConversationId = only.Answer.ConversationId));
        else
            await orchestrator.Send(new StepAnswers { Answers = together.ConvertAll(waiting => waiting.Answer) });
    }

    private static StepAnswer AnswerOf(object answer, ConsumeContext context) => new()
    {
        Completed = answer as StepCompleted,
        Failed = answer as StepFailed,
        Awaiting = answer as StepAwaiting,
        Compensated = answer as StepCompensated,
        CompensationFailed = answer as StepCompensationFailed,
        ConversationId = context.ConversationId,
        TraceParent = Activity.Current?.Id,
    };

    private static int SizeOf(object answer) => answer switch
    {
        StepCompleted completed => SizeOf(completed.Output) + (completed.Put?.Values.Sum(value => SizeOf(value)) ?? 0),
        StepAwaiting awaiting => SizeOf(awaiting.Snapshot),
        _ => 0,
    };

    private static int SizeOf(JsonElement? value) => value is { ValueKind: not JsonValueKind.Undefined } json ? JsonMarshal.GetRawUtf8Value(json).Length : 0;

    private sealed record Waiting(StepAnswer Answer, object Message, Activity? Span)
    {
        public TaskCompletionSource Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
