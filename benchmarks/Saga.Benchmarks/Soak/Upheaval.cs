using System.Diagnostics;
using Saga.Benchmarks.Reports;

namespace Saga.Benchmarks.Soak;

/// <summary>Kills a server and starts it again, once, when so many runs have ended.</summary>
internal sealed class Upheaval(string server, string? command, int afterRuns)
{
    /// <summary>How long the server was away; null if it never was.</summary>
    public TimeSpan? Took { get; private set; }

    public async Task ComeIfDueAsync(int endedRuns, CancellationToken cancellation)
    {
        if (command is null || Took is not null || endedRuns < afterRuns)
            return;

        Progress.Say($"Restarting the {server} after {endedRuns} runs…");
        var begun = Stopwatch.GetTimestamp();
        // Its server would keep a pipe of ours open, and its address is none of our output.
        using var restart = Process.Start("/bin/bash", ["-c", $"{{ {command}; }} >&2"]);
        await restart.WaitForExitAsync(cancellation);
        if (restart.ExitCode != 0)
            throw new InvalidOperationException($"The command that restarts the {server} ended with {restart.ExitCode}: {command}");
        Took = Stopwatch.GetElapsedTime(begun);
    }
}
