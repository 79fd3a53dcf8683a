using System.Globalization;

namespace Saga.Benchmarks.Servers;

/// <summary>A process and all it started, read from <c>/proc</c>.</summary>
internal static class ProcessTree
{
    // The unit of /proc/*/stat, fixed in the kernel's interface to programs.
    private const double TicksPerSecond = 100;

    private static readonly string[] _gone = ["Z", "0"];

    public static IEnumerable<int> All() =>
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0);

    public static int ParentOf(int process) => int.Parse(Fields(process)[1], CultureInfo.InvariantCulture);

    /// <summary>
    /// Includes processes that have ended: their parent inherits their time. So it stays right where a server makes a process for each
    /// connection.
    /// </summary>
    /// <returns>Null when the process has ended.</returns>
    public static double? CpuSeconds(int root) => Fields(root) == _gone
        ? null
        : Members(root).Sum(Ticks) / TicksPerSecond;

    /// <summary>Shared memory counts once, divided among those that share it.</summary>
    public static long ProportionalBytes(int root) => Members(root).Sum(process =>
    {
        const string Label = "Pss:";
        var line = Read($"/proc/{process}/smaps_rollup").Split('\n').FirstOrDefault(line => line.StartsWith(Label, StringComparison.Ordinal));
        return line is null ? 0 : Number(line[Label.Length..].Replace("kB", "", StringComparison.Ordinal).Trim()) * 1024;
    });

    private static long Ticks(int process) => Fields(process).Skip(11).Take(4).Sum(Number);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static List<int> Members(int root)
    {
        var children = All().ToLookup(ParentOf);
        List<int> members = [root];
        for (var i = 0; i < members.Count; i++)
            members.AddRange(children[members[i]]);
        return members;
    }

    // state ppid pgrp session tty tpgid flags minflt cminflt majflt cmajflt utime stime cutime cstime …, after a name that may hold anything
    private static string[] Fields(int process)
    {
        var stat = Read($"/proc/{process}/stat");
        return stat.Length == 0 ? _gone : stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is someone else's.
            return "";
        }
    }
}
