using System.Text.Json;
using MassTransit;
using Saga.Contracts;
using Saga.StateMachines.Plans.Reading;
using Saga.StateMachines.StateMachine;

namespace Saga.StateMachines.Faults;

/// <summary>
/// Answers a message with a property of the wrong type, or without one that it needs, where it can be told whom it is for: a command is refused, and an answer of a step becomes one that
/// its run can take. Nobody has to find it in an error queue.
/// </summary>
internal static class UnreadableMessage
{
    /// <summary>The code of what follows from such a message.</summary>
    public const string Code = "unreadable_message";

    /// <summary>The message of that name, such as <c>StartProvisioning</c>; null when the contracts have none.</summary>
    public static Type? TypeOf(string name) => typeof(StartProvisioning).Assembly.GetType($"{typeof(StartProvisioning).Namespace}.{name}");

    /// <summary>What is wrong with it, where, and what to do; null when it can be read.</summary>
    public static ProvisioningError? ProblemOf(string name, MessageText text)
    {
        if (TypeOf(name) is not { } type)
            return null;
        try
        {
            _ = text.Read(type);
            return null;
        }
        catch (JsonException exception)
        {
            var path = exception.Path ?? "$";
            var pointer = MessageText.PointerOf(path);
            var fact = pointer.Length > 0 && text.At(path) is { } value
                ? $"`{pointer}` of a {name} is {Shown.Json(value)}, which is not what it has there."
                : $"A {name} cannot be read: {exception.GetBaseException().Message}";
            return new ProvisioningError
            {
                Pointer = pointer,
                Code = Code,
                Message = $"{fact} docs/operations/messages.md says which properties a message has. Correct it and send it again.",
            };
        }
    }

    /// <summary>The business key by which a command names its run; null when it names none, or names the run by its id.</summary>
    public static string? KeyOf(string name, MessageText text) =>
        name is nameof(CancelProvisioning) or nameof(RollBackProvisioning) or nameof(SignalProvisioning) && text.Id("runId") is null ? text.Text("correlationKey") : null;

    /// <summary>Answers it.</summary>
    /// <param name="context">The message, as it was received.</param>
    /// <param name="name">What message it is.</param>
    /// <param name="text">What it says.</param>
    /// <param name="problem">What is wrong with it.</param>
    /// <param name="runOfKey">The run that <see cref="KeyOf"/> means; null when it means none.</param>
    /// <returns>False when it cannot be told whom it is for.</returns>
    public static async Task<bool> AnswerAsync(ConsumeContext context, string name, MessageText text, ProvisioningError problem, Guid? runOfKey)
    {
        // What has a parent comes from another run, which waits for something else than a refusal.
        if (name is nameof(StartProvisioning) or nameof(CancelProvisioning) or nameof(RollBackProvisioning) or nameof(SignalProvisioning))
        {
            var key = KeyOf(name, text);
            if ((text.Id("runId") is null && key is null) || text.Has("parent"))
                return false;

            // As a command that can be read is refused when no run has its key: the sender knows it by the key.
            var errors = key is null ? problem : problem with { Message = $"{problem.Message} It names its run by the key `{key}`." };
            await context.Publish(new ProvisioningRejected { RunId = text.Id("runId") ?? runOfKey ?? Guid.Empty, Command = name, Errors = [errors] }, context.CancellationToken);
            return true;
        }

        var answers = name == nameof(StepAnswers) ? UnreadableAnswers.In(text) : [InPlaceOf(name, text, problem)];
        var queue = await context.GetSendEndpoint(SagaQueues.Runs);
        foreach (var answer in answers.OfType<object>())
            await queue.Send(answer, answer.GetType(), context.CancellationToken);
        return answers.Count > 0 && !answers.Contains(null);
    }

    /// <summary>What the answer of a step says as far as it can be read; null when it cannot be told what it answers to.</summary>
    public static object? InPlaceOf(string name, MessageText text, ProvisioningError problem)
    {
        if (text.Id("runId") is not { } runId || text.Text("node") is not { } node
            || text.Number("attempt") is not { } attempt || text.Number("dispatchId") is not { } dispatchId || attempt != (int)attempt)
        {
            return null;
        }

        // A step that completed or awaits signals did something, and is compensated. One that says it was compensated may be, and that cannot be believed.
        return name switch
        {
            nameof(StepCompleted) or nameof(StepAwaiting) => new StepCompleted
            {
                RunId = runId, Node = node, Attempt = (int)attempt, DispatchId = dispatchId, OutputLost = new LostOutput { Code = problem.Code, Message = problem.Message },
            },
            nameof(StepFailed) => new StepFailed
            {
                RunId = runId, Node = node, Attempt = (int)attempt, DispatchId = dispatchId, Code = text.Text("code") ?? problem.Code,
                Message = text.Text("message") is { } said ? $"{said} ({problem.Message})" : problem.Message,
            },
            nameof(StepCompensated) or nameof(StepCompensationFailed) => new StepCompensationFailed
            {
                RunId = runId, Node = node, Attempt = (int)attempt, DispatchId = dispatchId, Code = text.Text("code") ?? problem.Code,
                Message = text.Text("message") is { } said ? $"{said} ({problem.Message})" : problem.Message,
            },
            _ => null,
        };
    }
}
