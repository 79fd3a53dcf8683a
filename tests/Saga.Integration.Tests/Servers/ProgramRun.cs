using System.Diagnostics;
using System.Text;

namespace Saga.Integration.Tests.Servers;

/// <summary>A program that runs to its end.</summary>
internal static class ProgramRun
{
    // Only a program that hangs reaches it, on however slow a machine.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <summary>Runs it, and returns how it ended and what it said.</summary>
    /// <exception cref="TimeoutException">It did not end in time, and was stopped with all it had started.</exception>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Close();

        // Read as it comes, so that what a program said before it was stopped can be told.
        var output = new StringBuilder();
        void Keep(string? line)
        {
            lock (output)
                output.AppendLine(line);
        }

        process.OutputDataReceived += (_, said) => Keep(said.Data);
        process.ErrorDataReceived += (_, said) => Keep(said.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            using var deadline = new CancellationTokenSource(Limit);
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            throw new TimeoutException($"`{program} {string.Join(' ', arguments)}` did not end within {Limit}. It said:\n{output}", exception);
        }

        return (process.ExitCode, output.ToString());
    }
}
