namespace Saga.Worker.Database;

/// <summary>Holds a SQLite file for one process. The operating system lets go of it when the process dies, however it dies.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, without waiting for it.</summary>
    /// <exception cref="Hosting.SettingsException">Another process holds it.</exception>
    public static FileLock Take(string database)
    {
        try
        {
            return new FileLock(new FileStream($"{database}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw OneProcess.TakenBy(database);
        }
    }

    public void Dispose() => _file.Dispose();
}
