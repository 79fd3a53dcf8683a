using Saga.Worker.Hosting;

namespace Saga.Worker.Database;

/// <summary>Holds a SQLite file for one process. The operating system lets go of it when the process dies, however it dies.</summary>
internal sealed class FileLock : IDisposable
{
    // What the lock of another process is called by Linux, by macOS and by Windows.
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, without waiting for it.</summary>
    /// <exception cref="SettingsException">Another process holds it, or there can be none.</exception>
    public static FileLock Take(string database)
    {
        var file = $"{database}.lock";
        try
        {
            return new FileLock(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (IsTaken(exception))
        {
            throw OneProcess.TakenBy(database);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(
            [
                $"The file {file} cannot be opened: {exception.Message.TrimEnd('.')}. It keeps a second process away from the database, so this process must be able to write it. "
                + "Free space on its disk, let the process write there, or name another database with ConnectionStrings:Database.",
            ]);
        }
    }

    public void Dispose() => _file.Dispose();

    private static bool IsTaken(IOException exception) => exception.HResult is WouldBlock or WouldBlockOnMac or SharingViolation;
}
