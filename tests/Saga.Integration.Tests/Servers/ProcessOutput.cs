using System.Diagnostics;

namespace Saga.Integration.Tests.Servers;

/// <summary>Keeps the last lines that a process wrote, for messages of failures.</summary>
internal sealed class ProcessOutput
{
    // More than any test has a process write whose lines it looks for.
    private const int Limit = 5_000;

    // A stack trace logged on one line would bury the message before it.
    private const int LongestLine = 1000;

    private readonly Queue<string> _lines = new();
    private readonly Lock _lock = new();

    public void Capture(Process process)
    {
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return string.Join(Environment.NewLine, _lines);
        }
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _lines.Enqueue(line.Length <= LongestLine ? line : $"{line[..LongestLine]} …");
            if (_lines.Count > Limit)
            {
                _lines.Dequeue();
            }
        }
    }
}
