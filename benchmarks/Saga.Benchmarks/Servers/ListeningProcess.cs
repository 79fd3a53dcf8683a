using System.Globalization;

namespace Saga.Benchmarks.Servers;

/// <summary>Finds the process that listens on a port, as `ss -ltnp` does.</summary>
internal static class ListeningProcess
{
    private const string Listening = "0A";

    /// <summary>The process, or of several that share the socket the parent of the others; null when none can be seen.</summary>
    public static int? On(int port)
    {
        var sockets = SocketsOn(port);
        var owners = ProcessTree.All().Where(process => Holds(process, sockets)).ToHashSet();
        return owners.Where(process => !owners.Contains(ProcessTree.ParentOf(process))).Select(process => (int?)process).FirstOrDefault();
    }

    // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode
    private static HashSet<string> SocketsOn(int port)
    {
        var ending = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return new[] { "/proc/net/tcp", "/proc/net/tcp6" }
            .Where(File.Exists)
            .SelectMany(table => File.ReadLines(table).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[1].EndsWith(ending, StringComparison.Ordinal) && fields[3] == Listening)
            .Select(fields => $"socket:[{fields[9]}]")
            .ToHashSet(StringComparer.Ordinal);
    }

    private static bool Holds(int process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd")
                .Any(descriptor => new FileInfo(descriptor).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is someone else's.
            return false;
        }
    }
}
