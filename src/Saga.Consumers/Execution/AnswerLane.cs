using System.Diagnostics;
using MassTransit;
using Saga.Contracts;

namespace Saga.Consumers;

/// <summary>
/// Sends answers to one queue. While a message is on its way, the answers that become ready gather and travel in the next one; nothing waits for a
/// timer, so a lone answer is sent at once.
/// </summary>
/// <param name="bus">What gathered answers are sent with.</param>
/// <param name="address">The queue.</param>
/// <param name="patience">How long the broker may take to confirm a message.</param>
/// <param name="clock">Measures that.</param>
internal sealed class AnswerLane(IBus bus, Uri address, TimeSpan patience, TimeProvider clock)
{
    // A message stays small, so that the orchestrator's own limits still mean something.
    private const int MostTogether = 32;

    // A queue that is not there must be an error, and the answer is sent again, not lost.
    private static readonly IPipe<SendContext> MustArrive = Pipe.Execute<SendContext>(Require);

    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    private bool _isSending;
    private volatile Task? _overdue;

    /// <summary>
    /// Whether a message that nobody waits for any more is still on its way. More of them would have the broker hold up the channel, with all that is sent to other queues.
    /// </summary>
    public bool IsStuck => _overdue is { IsCompleted: false };

    /// <summary>Completes when the broker has the answer; fails, within twice the patience, when it may not have it.</summary>
    /// <exception cref="TimeoutException">The broker did not say anything.</exception>
    public Task SendAsync(ConsumeContext context, object answer)
    {
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

    /// <summary>The same, for one that would hold up the others.</summary>
    public async Task SendAloneAsync(ConsumeContext context, object answer)
    {
        var orchestrator = await context.GetSendEndpoint(address);
        await WithinPatienceAsync(orchestrator.Send(answer, answer.GetType(), MustArrive, context.CancellationToken), context.CancellationToken);
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
                await WithinPatienceAsync(SendAsync(together), CancellationToken.None);
                together.ForEach(waiting => waiting.Sent.TrySetResult());
            }
            catch (Exception exception)
            {
                // None may wait for more than this one.
                if (exception is TimeoutException)
                    together.AddRange(TakeAll());
                together.ForEach(waiting => waiting.Sent.TrySetException(exception));
            }
        }
    }

    // A send that lost its connection waits for the next one whatever its token says, and would hold up all that wait for it. One to a queue without
    // a leader is never confirmed.
    private async Task WithinPatienceAsync(Task sending, CancellationToken cancellationToken)
    {
        try
        {
            await sending.WaitAsync(patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            _overdue = sending;
            throw;
        }
    }

    private List<Waiting> TakeAll()
    {
        lock (_lock)
        {
            var all = _waiting.ToList();
            _waiting.Clear();
            return all;
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
        var orchestrator = await bus.GetSendEndpoint(address);
        var only = together.Count == 1 ? together[0] : null;

        // This runs in the flow of the answer that was first of all, which was sent long ago.
        Activity.Current = only?.Span;
        if (only is not null)
            await orchestrator.Send(only.Message, only.Message.GetType(), Pipe.Execute<SendContext>(send =>
            {
                Require(send);
                send.ConversationId = only.Answer.ConversationId;
            }));
        else
            await orchestrator.Send(new StepAnswers { Answers = together.ConvertAll(waiting => waiting.Answer) }, MustArrive);
    }

    private static void Require(SendContext send)
    {
        if (send is PublishContext message)
            message.Mandatory = true;
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

    private sealed record Waiting(StepAnswer Answer, object Message, Activity? Span)
    {
        public TaskCompletionSource Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
