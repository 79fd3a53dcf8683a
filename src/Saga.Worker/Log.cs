namespace Saga.Worker;

/// <summary>Every log event of this project; the ids are listed in docs/operations/log-events.md.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Information, "The database is ready: {Database}")]
    public static partial void DatabaseReady(this ILogger logger, string database);

    [LoggerMessage(3002, LogLevel.Warning, "{Database} cannot be reached; trying again in {Seconds} s. Is ConnectionStrings:Database right? {Reason}")]
    public static partial void DatabaseAway(this ILogger logger, string database, double seconds, string reason);

    [LoggerMessage(3003, LogLevel.Information, "Definition {Kind} version {Version} is registered")]
    public static partial void DefinitionRegistered(this ILogger logger, string kind, int version);
}
