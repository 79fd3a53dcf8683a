using Saga.Worker.Hosting;

namespace Saga.Worker.Database;

/// <summary>
/// With queues in memory a database belongs to one process: a second would take the first one's messages for lost and send them again.
/// </summary>
internal static class OneProcess
{
    public static SettingsException TakenBy(string database) => new(
    [
        $"Another process uses {database}. With queues in memory a database belongs to one process. Stop the other one, name another database with "
        + "ConnectionStrings:Database, or share a broker with ConnectionStrings:Broker.",
    ]);
}
