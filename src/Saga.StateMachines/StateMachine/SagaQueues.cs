using System.Globalization;

namespace Saga.StateMachines.StateMachine;

/// <summary>
/// The addresses of the queues. They are exchange addresses because a queue address would declare a classic queue, which RabbitMQ
/// refuses where a quorum queue of that name exists.
/// </summary>
public static class SagaQueues
{
    /// <summary>The orchestrator's queue.</summary>
    public const string RunsName = "saga-runs";

    /// <summary>Where commands and answers to the orchestrator go.</summary>
    public static readonly Uri Runs = new($"exchange:{RunsName}");

    /// <summary>How many queues for answers there are: more orchestrators than that share them.</summary>
    public const int AnswerQueues = 8;

    private const string AnswersPrefix = "saga-answers-";
    private const string StepPrefix = "saga-step-";

    /// <summary>The queue for answers with this number.</summary>
    /// <param name="number">From 1 to <see cref="AnswerQueues"/>.</param>
    public static string AnswersName(int number) => string.Create(CultureInfo.InvariantCulture, $"{AnswersPrefix}{number}");

    /// <summary>True for a queue of answers, also one of another version's numbers.</summary>
    public static bool IsForAnswers(string queue)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return queue.StartsWith(AnswersPrefix, StringComparison.Ordinal);
    }

    /// <summary>True for the queue of a step.</summary>
    internal static bool IsOfStep(Uri queue) => queue.AbsolutePath.Split('/')[^1].StartsWith(StepPrefix, StringComparison.Ordinal);

    /// <summary>Where the commands for a step go.</summary>
    public static Uri OfStep(string step) => new($"exchange:{StepPrefix}{step}");
}
