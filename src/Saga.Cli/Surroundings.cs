using Microsoft.AspNetCore.Builder;
using Saga.Cli.Api;
using Saga.Worker.Hosting;

namespace Saga.Cli;

/// <summary>Everything a command touches outside itself, so that a test can stand in for the terminal, the network and the clock.</summary>
internal sealed record Surroundings
{
    public required Stream In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>True when a person sits in front of <see cref="Out"/>: only then may output move and be coloured.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>How wide the terminal is; null to ask it.</summary>
    public int? Width { get; init; }

    /// <summary>Looks up an environment variable; an empty one counts as unset.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Makes what carries requests to the server.</summary>
    public Func<Uri, HttpMessageHandler> Connect { get; init; } = Transport.To;

    /// <summary>Builds the embedded server from its arguments.</summary>
    public Func<string[], WebApplication> BuildServer { get; init; } = args => WorkerHost.Build(args);

    /// <summary>How this program is called: the word to begin a command with that a hint names.</summary>
    public string Saga => Variable("SAGA_COMMAND") ?? "saga";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How often a watched run is asked for.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>A problem in words. The commands that it names, also those in the words of a server, can be given here as they stand.</summary>
    public string Told(Problem problem) => Told(problem.ToString());

    /// <summary>The same for any other text with commands in backticks.</summary>
    public string Told(string text) => text.Replace("`saga ", $"`{Saga} ", StringComparison.Ordinal);

    public static Surroundings OfThisProcess() => new()
    {
        In = Console.OpenStandardInput(),
        Out = Console.Out,
        Error = Console.Error,
        IsTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb",
        Variable = name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null,
    };
}
