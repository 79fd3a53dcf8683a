namespace Saga.Worker;

/// <summary>Every log event of this project; the ids are listed in docs/operations/log-events.md.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "The database is ready: {Database}")]
    public static partial void DatabaseReady(this ILogger logger, string database);

    [LoggerMessage(3002, LogLevel.Warning, "{Database} cannot be used yet; trying again in {Seconds} s. Is ConnectionStrings:Database right? {Reason}")]
    public static partial void DatabaseAway(this ILogger logger, string database, double seconds, string reason);

    [LoggerMessage(3003, LogLevel.Information, "Definition {Kind} version {Version} is registered")]
    public static partial void DefinitionRegistered(this ILogger logger, string kind, int version);

    [LoggerMessage(3004, LogLevel.Information, "Answers to the commands of this orchestrator come to {Queue}")]
    public static partial void AnswersComeTo(this ILogger logger, string queue);

    [LoggerMessage(3005, LogLevel.Warning, "The number of this orchestrator cannot be held, so another may have the same and both have to load runs more often; trying again every {Seconds} s. {Reason}")]
    public static partial void SeatLost(this ILogger logger, double seconds, string reason);
}
