using Microsoft.AspNetCore.Builder;
using Saga.Worker.Hosting;

namespace Saga.Cli;

/// <summary>Everything a command touches outside itself, so that a test can stand in for the terminal, the network and the clock.</summary>
internal sealed record Surroundings
{
    public required TextReader In { get; init; }

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>True when a person sits in front of <see cref="Out"/>: only then may output move and be coloured.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Looks up an environment variable; an empty one counts as unset.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Makes what carries requests to the server.</summary>
    public Func<Uri, HttpMessageHandler> Connect { get; init; } = Transport.To;

    /// <summary>Builds the embedded server from its arguments.</summary>
    public Func<string[], WebApplication> BuildServer { get; init; } = args => WorkerHost.Build(args);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How often a watched run is asked for.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMilliseconds(200);

    public static Surroundings OfThisProcess() => new()
    {
        In = Console.In,
        Out = Console.Out,
        Error = Console.Error,
        IsTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb",
        Variable = name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null,
    };
}
