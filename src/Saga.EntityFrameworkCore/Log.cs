using Microsoft.Extensions.Logging;

namespace Saga.EntityFrameworkCore;

/// <summary>Every log event of this project; the ids are listed in docs/operations/log-events.md.</summary>
internal static partial class Log
{
    [LoggerMessage(4001, LogLevel.Warning, "Outbox row {RowId} could not be delivered to {Destination}; a sweep will try again")]
    public static partial void DeliveryFailed(this ILogger logger, Guid rowId, string destination, Exception exception);

    [LoggerMessage(4002, LogLevel.Warning, "{Count} delivered outbox rows could not be deleted yet; should a sweep deliver them again, that is harmless")]
    public static partial void DeleteFailed(this ILogger logger, int count, Exception exception);

    [LoggerMessage(4003, LogLevel.Warning, "The outbox could not be swept; the next sweep will try again")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);

    [LoggerMessage(4004, LogLevel.Information, "Swept {Count} outbox rows that were left behind")]
    public static partial void Swept(this ILogger logger, int count);

    [LoggerMessage(4005, LogLevel.Debug, "{Count} scheduled messages are due and on their way")]
    public static partial void ScheduledAreDue(this ILogger logger, int count);

    [LoggerMessage(4006, LogLevel.Warning, "The broker is connected and has answered no delivery of {DbContext} for {Duration}; what is committed waits in the outbox")]
    public static partial void BrokerIsSilent(this ILogger logger, string dbContext, TimeSpan duration);

    [LoggerMessage(4007, LogLevel.Information, "The broker answers deliveries of {DbContext} again, after {Duration}")]
    public static partial void BrokerAnswersAgain(this ILogger logger, string dbContext, TimeSpan duration);

    [LoggerMessage(4008, LogLevel.Debug, "Outbox row {RowId} was not answered by {Destination} either; a sweep will try again")]
    public static partial void NotAnswered(this ILogger logger, Guid rowId, string destination);

    [LoggerMessage(4010, LogLevel.Debug, "A batch of {Count} messages could not be written together; each is saved by itself")]
    public static partial void BatchFailed(this ILogger logger, int count, Exception exception);

    [LoggerMessage(4011, LogLevel.Debug, "{Overtaken} messages of a batch of {Count} were overtaken by others; the rest is written without them")]
    public static partial void BatchOvertaken(this ILogger logger, int count, int overtaken);

    [LoggerMessage(4020, LogLevel.Debug, "Message {MessageId} was consumed by {Consumer} before; the duplicate is acknowledged")]
    public static partial void DuplicateIgnored(this ILogger logger, Guid messageId, string consumer);

    [LoggerMessage(4021, LogLevel.Information, "{DbContext} has no inbox: its plain consumers handle a message again when it is delivered again")]
    public static partial void NoInbox(this ILogger logger, string dbContext);

    [LoggerMessage(4022, LogLevel.Warning, "Old inbox rows could not be deleted; the next cleanup will try again")]
    public static partial void InboxCleanupFailed(this ILogger logger, Exception exception);

    [LoggerMessage(4030, LogLevel.Warning, "The database of {DbContext} is in trouble, and what needs it waits. {Trouble}")]
    public static partial void DatabaseInTrouble(this ILogger logger, string dbContext, string trouble);

    [LoggerMessage(4031, LogLevel.Information, "The database of {DbContext} works again, after {Duration}")]
    public static partial void DatabaseWorksAgain(this ILogger logger, string dbContext, TimeSpan duration);

    [LoggerMessage(4032, LogLevel.Debug, "Message {MessageId} is handled again, for the {Attempt}. time, because of {Reason}: {Failure}")]
    public static partial void HandledAgain(this ILogger logger, Guid? messageId, int attempt, string reason, string failure);
}
