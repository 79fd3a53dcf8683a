using System.Diagnostics;

namespace Saga.Integration.Tests.Servers;

/// <summary>A program that runs to its end.</summary>
internal static class ProgramRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static Task<(int ExitCode, string Output)> RunAsync(string folder, string program, params string[] arguments) =>
        RunAsync(Limit, folder, program, arguments);

    /// <summary>Runs one that takes its time.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(TimeSpan limit, string folder, string program, params string[] arguments)
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
        using var deadline = new CancellationTokenSource(limit);
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, await output + await error);
    }
}
