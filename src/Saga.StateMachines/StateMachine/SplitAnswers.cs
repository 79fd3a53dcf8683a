using System.Diagnostics;
using System.Runtime.Serialization;
using MassTransit;
using MassTransit.Configuration;
using MassTransit.Context;
using MassTransit.Transports;
using Saga.Contracts;
using Saga.StateMachines.Faults;

namespace Saga.StateMachines.StateMachine;

/// <summary>
/// Has each of the answers that came in one message handled as if it had come alone. One that cannot be handled is sent to the queue by itself, where it
/// fails by itself, so that it ends in the error queue without those it came with.
/// </summary>
internal static class SplitAnswers
{
    /// <summary>Takes messages of many answers on this endpoint, and puts each answer into the endpoint's own pipe.</summary>
    public static void TakeAnswersTogether(this IReceiveEndpointConfigurator endpoint)
    {
        var configuration = (IReceiveEndpointConfiguration)endpoint;
        endpoint.Handler<StepAnswers>(context =>
            Task.WhenAll(context.Message.Answers.Select(answer => HandleAsync(context, answer, configuration.ConsumePipe))));
    }

    private static Task HandleAsync(ConsumeContext context, StepAnswer answer, IConsumePipe pipe) => answer switch
    {
        { Completed: { } completed } => HandleAsync(context, answer, completed, pipe),
        { Failed: { } failed } => HandleAsync(context, answer, failed, pipe),
        { Awaiting: { } awaiting } => HandleAsync(context, answer, awaiting, pipe),
        { Compensated: { } compensated } => HandleAsync(context, answer, compensated, pipe),
        { CompensationFailed: { } failed } => HandleAsync(context, answer, failed, pipe),
        _ => Task.FromException(new SerializationException(
            "One of the `answers` has none of `completed`, `failed`, `awaiting`, `compensated` and `compensationFailed`. Give each exactly one.")),
    };

    private static async Task HandleAsync<T>(ConsumeContext context, StepAnswer answer, T message, IConsumePipe pipe)
        where T : class
    {
        // Only when somebody traces, there is a span of the message they came in.
        using var span = Activity.Current is null || answer.TraceParent is null ? null : new Activity("step answer");
        span?.SetParentId(answer.TraceParent!).Start();
        try
        {
            await pipe.Send(new OneAnswer<T>(context, answer, message));
        }
        catch (Exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            var queue = await context.GetSendEndpoint(SagaQueues.Runs);
            await queue.Send(message, Pipe.Execute<SendContext<T>>(send => KeepWhole(answer, send)), context.CancellationToken);
        }
    }

    private static void KeepWhole(StepAnswer answer, SendContext send)
    {
        send.ConversationId = answer.ConversationId ?? send.ConversationId;

        // The answer is nowhere else once the message it came in is acknowledged: where there is no queue, that message has to fail.
        if (send is PublishContext message)
            message.Mandatory = true;
    }

    private sealed class OneAnswer<TAnswer>(ConsumeContext context, StepAnswer answer, TAnswer message) : ConsumeContextScope(context), IPartOfMessage
        where TAnswer : class
    {
        public override Guid? ConversationId => answer.ConversationId ?? base.ConversationId;

        public override IEnumerable<string> SupportedMessageTypes => [MessageUrn.ForTypeString<TAnswer>()];

        public override bool HasMessageType(Type messageType) => messageType == typeof(TAnswer);

        public override bool TryGetMessage<T>(out ConsumeContext<T> consumeContext)
        {
            consumeContext = message is T wanted ? new MessageConsumeContext<T>(this, wanted) : null!;
            return consumeContext is not null;
        }
    }
}
