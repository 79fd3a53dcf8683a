using Microsoft.Extensions.Logging;
using Saga.StateMachines.Engine;

namespace Saga.StateMachines;

/// <summary>Every log event of this project; the ids are listed in docs/operations/log-events.md.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "Run {RunId} is now {Status}")]
    public static partial void Entered(this ILogger logger, Guid runId, string status);

    [LoggerMessage(1002, LogLevel.Debug, "Run {RunId} ignored {What} in {Status}: {Reason}")]
    public static partial void Ignored(this ILogger logger, Guid runId, string what, string status, IgnoredBecause reason);

    [LoggerMessage(1003, LogLevel.Warning, "{Command} names run {RunId}, which nobody knows; it was refused")]
    public static partial void UnknownRun(this ILogger logger, string command, Guid runId);

    [LoggerMessage(1004, LogLevel.Warning, "The start of run {RunId} was refused: {Problems}")]
    public static partial void StartRefused(this ILogger logger, Guid runId, string problems);

    [LoggerMessage(1005, LogLevel.Information, "Resumed {Count} runs that had not ended")]
    public static partial void RunsResumed(this ILogger logger, int count);

    [LoggerMessage(1006, LogLevel.Warning, "Run {RunId} ended failed: {Reason}; not compensated: {NotCompensated}")]
    public static partial void RunFailed(this ILogger logger, Guid runId, string reason, string notCompensated);

    [LoggerMessage(1007, LogLevel.Debug, "Woke {Count} nodes whose moment had come")]
    public static partial void NodesWoken(this ILogger logger, int count);

    [LoggerMessage(1008, LogLevel.Warning, "Could not look for nodes whose moment has come; it is tried again")]
    public static partial void WakingFailed(this ILogger logger, Exception exception);

    // That a run begins goes without saying: a line for each run, its end, is enough where many run.
    [LoggerMessage(1009, LogLevel.Debug, "Run {RunId} is now {Status}, at its beginning")]
    public static partial void Began(this ILogger logger, Guid runId, string status);

    [LoggerMessage(1010, LogLevel.Warning, "Could not look for runs that have not ended; it is tried again")]
    public static partial void ResumingFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1011, LogLevel.Warning, "{Message} {MessageId} of run {RunId} could not be handled, from {Queue}, {Tries} times so far; it is handled again at {RetryAt}")]
    public static partial void MessageFaulted(
        this ILogger logger, string message, Guid messageId, Guid? runId, string queue, int tries, DateTimeOffset retryAt, Exception exception);

    [LoggerMessage(1012, LogLevel.Error, "{Message} {MessageId} of run {RunId} was given up after {Tries} tries; it is in {Where}")]
    public static partial void MessageGivenUp(
        this ILogger logger, string message, Guid messageId, Guid? runId, int tries, string where, Exception exception);

    [LoggerMessage(1013, LogLevel.Information, "Message {MessageId}, which could not be handled before, has been handled")]
    public static partial void FaultOver(this ILogger logger, Guid messageId);

    [LoggerMessage(1014, LogLevel.Error, "That {Message} {MessageId} of run {RunId} could not be handled cannot be stored; it goes to the error queue")]
    public static partial void FaultNotStored(this ILogger logger, string message, Guid messageId, Guid? runId, Exception exception);

    [LoggerMessage(1015, LogLevel.Warning, "Message {MessageId} has been handled, and its run still says that it could not be")]
    public static partial void FaultNotForgotten(this ILogger logger, Guid messageId, Exception exception);

    [LoggerMessage(1016, LogLevel.Warning, "Run {RunId} completed without its output: {Code}: {Problem}")]
    public static partial void OutputLost(this ILogger logger, Guid runId, string code, string problem);

    [LoggerMessage(1017, LogLevel.Warning, "{Message} {MessageId} of run {RunId} cannot be read, and its sender or its run was told: {Problem}")]
    public static partial void MessageUnreadable(this ILogger logger, string message, Guid messageId, Guid? runId, string problem);

    [LoggerMessage(1018, LogLevel.Warning, "{Message} {MessageId} of run {RunId} cannot be read, and nobody could be told; it is kept as one that could not be handled")]
    public static partial void UnreadableNotAnswered(this ILogger logger, string message, Guid messageId, Guid? runId, Exception exception);

    [LoggerMessage(1020, LogLevel.Warning, "Run {RunId} keeps the signal {Signal}, which may never be taken: {Problem}")]
    public static partial void SignalUnwanted(this ILogger logger, Guid runId, string signal, string problem);
}
