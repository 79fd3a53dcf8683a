using System.Text;
using Microsoft.AspNetCore.Builder;
using Saga.Cli;

namespace Saga.Worker.Tests.Cli;

/// <summary>A shell in which commands run against a canned server.</summary>
internal sealed class Shell : IDisposable
{
    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("saga-cli-tests-");

    public CannedServer Server { get; } = new();

    public TickingTime Time { get; } = new();

    public Dictionary<string, string> Variables { get; } = [];

    public string StandardInput { get; set; } = "";

    /// <summary>The same as bytes, which need be no text.</summary>
    public byte[]? StandardInputBytes { get; set; }

    public bool IsTerminal { get; set; }

    /// <summary>How wide the terminal is.</summary>
    public int? Width { get; set; }

    public CancellationToken CtrlC { get; set; }

    /// <summary>Commands reach the server that <c>SAGA_URL</c> names over a real connection.</summary>
    public bool IsConnected { get; set; }

    /// <summary>Builds the embedded server; commands then reach it over a real connection.</summary>
    public Func<string[], WebApplication>? Host { get; set; }

    public string StateFolder => _state.FullName;

    public async Task<Outcome> RunAsync(params string[] args)
    {
        using var input = new MemoryStream(StandardInputBytes ?? Encoding.UTF8.GetBytes(StandardInput));
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var surroundings = new Surroundings
        {
            In = input,
            Out = output,
            Error = error,
            IsTerminal = IsTerminal,
            Width = Width,
            Variable = name => Variables.GetValueOrDefault(name, name == "SAGA_STATE" ? StateFolder : "") is { Length: > 0 } value ? value : null,
            Connect = Host is null && !IsConnected ? Server.Connect : Transport.To,
            BuildServer = Host ?? (_ => throw new InvalidOperationException("This test has no embedded server.")),
            Time = Time,
            PollEvery = TimeSpan.Zero,
        };

        int exitCode = await CommandLine.InvokeAsync(args, surroundings, CtrlC);
        return new Outcome(exitCode, output.ToString(), error.ToString());
    }

    public void Dispose()
    {
        Server.Dispose();
        _state.Delete(recursive: true);
    }
}

/// <summary>What a command printed, and how it exited.</summary>
internal sealed record Outcome(int ExitCode, string Out, string Error)
{
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
