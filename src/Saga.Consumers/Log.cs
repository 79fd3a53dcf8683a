using Microsoft.Extensions.Logging;

namespace Saga.Consumers;

/// <summary>Every line this project logs: events 2000 to 2999.</summary>
internal static partial class Log
{
    private static readonly Func<ILogger, Guid, string, int, IDisposable?> StepScope =
        LoggerMessage.DefineScope<Guid, string, int>("RunId:{RunId} Node:{Node} Attempt:{Attempt}");

    public static IDisposable? Scope(ILogger logger, Guid runId, string node, int attempt) => StepScope(logger, runId, node, attempt);

    [LoggerMessage(2000, LogLevel.Debug, "Answered {Answer} for step {Step} of run {RunId}, node {Node}, attempt {Attempt}")]
    public static partial void Answered(ILogger logger, string answer, string step, Guid runId, string node, int attempt);

    [LoggerMessage(2001, LogLevel.Error, "Step {Step} of run {RunId}, node {Node}, attempt {Attempt} threw an exception; it is answered as failed")]
    public static partial void StepThrew(ILogger logger, Exception exception, string step, Guid runId, string node, int attempt);

    [LoggerMessage(2002, LogLevel.Information, "Step {Step} of run {RunId}, node {Node}, attempt {Attempt} was interrupted because the worker stops; its command is delivered again")]
    public static partial void Interrupted(ILogger logger, string step, Guid runId, string node, int attempt);

    [LoggerMessage(2003, LogLevel.Error, "Step {Step} of run {RunId}, node {Node}, attempt {Attempt} completed, but its output cannot be sent as JSON and is lost, so the run walks back: {Problem}")]
    public static partial void OutputLost(ILogger logger, string step, Guid runId, string node, int attempt, string problem);

    [LoggerMessage(2004, LogLevel.Warning, "Step {Step} of run {RunId}, node {Node}, attempt {Attempt} threw an exception, which its error handler answers as {Result}")]
    public static partial void ExceptionHandled(ILogger logger, Exception exception, string step, Guid runId, string node, int attempt, string result);

    [LoggerMessage(2010, LogLevel.Debug, "Announced {Count} steps")]
    public static partial void Announced(ILogger logger, int count);

    [LoggerMessage(2011, LogLevel.Warning, "Could not announce {Count} steps; trying again at the next interval")]
    public static partial void NotAnnounced(ILogger logger, Exception exception, int count);

    [LoggerMessage(2012, LogLevel.Warning, "The bus was not ready when its start ended; announcing as soon as it can publish")]
    public static partial void BusNotReady(ILogger logger, Exception exception);

    [LoggerMessage(2013, LogLevel.Warning, "The answer {Answer} of step {Step} of run {RunId}, node {Node}, attempt {Attempt} could not be sent; the same answer is sent again. {Reason}")]
    public static partial void NotAnswered(ILogger logger, string answer, string step, Guid runId, string node, int attempt, string reason);
}
