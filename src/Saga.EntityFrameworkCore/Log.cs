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

    [LoggerMessage(4010, LogLevel.Debug, "A batch of {Count} messages could not be saved together; {Failed} of them failed by themselves")]
    public static partial void BatchFailed(this ILogger logger, int count, int failed, Exception exception);
}
