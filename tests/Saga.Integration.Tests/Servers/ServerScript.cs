using System.Diagnostics;
using System.Globalization;

namespace Saga.Integration.Tests.Servers;

/// <summary>Runs the scripts of <c>tests/servers</c>.</summary>
internal static class ServerScript
{
    // The scripts' word for "this server is not installed here".
    private const int Unavailable = 69;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <summary>Returns what the script printed: for a start script the address of the server.</summary>
    public static async Task<string> RunAsync(string name, string folder)
    {
        var start = new ProcessStartInfo(Repository.PathOf("tests", "servers", name), [folder])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Servers end with this process, however it ends.
        start.Environment["SAGA_TEST_OWNER"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        using var script = Process.Start(start)!;
        script.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Limit);
        var output = script.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = script.StandardError.ReadToEndAsync(deadline.Token);
        await script.WaitForExitAsync(deadline.Token);
        return script.ExitCode switch
        {
            0 => (await output).Trim(),
            Unavailable => throw new ServerUnavailableException((await error).Trim()),
            var code => throw new InvalidOperationException($"tests/servers/{name} {folder} ended with {code}: {await error}"),
        };
    }
}
