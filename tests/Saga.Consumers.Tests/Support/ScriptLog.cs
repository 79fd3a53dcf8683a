using Microsoft.Extensions.Logging;

namespace Saga.Consumers.Tests.Support;

internal static partial class ScriptLog
{
    public const int EventId = 1;

    [LoggerMessage(EventId, LogLevel.Information, "A step says something")]
    public static partial void Said(ILogger logger);
}
