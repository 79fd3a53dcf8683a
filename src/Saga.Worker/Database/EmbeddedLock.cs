using Saga.Worker.Hosting;

namespace Saga.Worker.Database;

/// <summary>
/// Held by the one process that may use a database with queues in memory: a second would take the first one's messages for lost and send
/// them again. The operating system lets go of it when the process dies, however it dies.
/// </summary>
internal sealed class EmbeddedLock : IDisposable
{
    private readonly FileStream _file;

    private EmbeddedLock(FileStream file) => _file = file;

    /// <exception cref="SettingsException">Another process holds it.</exception>
    public static EmbeddedLock Take(string database)
    {
        try
        {
            return new EmbeddedLock(new FileStream($"{database}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new SettingsException(
            [
                $"Another process uses {database}. In the embedded mode a database belongs to one process. Stop the other one, name another file with "
                + "ConnectionStrings:Database, or share a PostgreSQL and a RabbitMQ.",
            ]);
        }
    }

    public void Dispose() => _file.Dispose();
}
