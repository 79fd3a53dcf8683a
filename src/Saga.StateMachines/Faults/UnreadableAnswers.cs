using Saga.Contracts;

namespace Saga.StateMachines.Faults;

/// <summary>Takes a message of many answers apart when one of them keeps it from being read, so that the others are taken.</summary>
internal static class UnreadableAnswers
{
    private static readonly (string Property, Type Type)[] _kinds =
    [
        ("completed", typeof(StepCompleted)),
        ("failed", typeof(StepFailed)),
        ("awaiting", typeof(StepAwaiting)),
        ("compensated", typeof(StepCompensated)),
        ("compensationFailed", typeof(StepCompensationFailed)),
    ];

    /// <summary>Its answers, and what stands in place of those that cannot be read; null for one of which it cannot be told what it answers to.</summary>
    public static IReadOnlyList<object?> In(MessageText message) => [.. message.List("answers").Select(AnswerIn)];

    /// <summary>The run of the first answer that cannot be read; null when no answer names one.</summary>
    public static Guid? RunIdIn(MessageText message) =>
        message.List("answers").Where(answer => AnswerIn(answer) is null).Select(answer => PartOf(answer).Text?.Id("runId")).FirstOrDefault(runId => runId is not null);

    private static object? AnswerIn(MessageText? answer)
    {
        var (type, text) = PartOf(answer);
        if (type is null || text is null)
            return null;
        return UnreadableMessage.ProblemOf(type.Name, text) is { } problem ? UnreadableMessage.InPlaceOf(type.Name, text, problem) : text.Read(type);
    }

    private static (Type? Type, MessageText? Text) PartOf(MessageText? answer)
    {
        var (property, type) = Array.Find(_kinds, kind => answer?.Has(kind.Property) == true);
        return (type, property is null ? null : answer!.Part(property));
    }
}
