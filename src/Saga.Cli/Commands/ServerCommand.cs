using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Saga.Cli.Serving;
using Saga.Worker.Hosting;

namespace Saga.Cli.Commands;

/// <summary>Is the server, until it is told to stop.</summary>
internal sealed class ServerCommand : Command
{
    // The host logs what keeps it from starting as an error with its stack, right before this command explains it in words.
    // What ends a host that has started is logged as critical, and stays.
    private const string QuietStart = "--Logging:Console:LogLevel:Microsoft.Extensions.Hosting.Internal.Host=Critical";

    private readonly Surroundings _surroundings;

    private readonly Option<string?> _urls = new("--urls")
    {
        Description = $"The addresses to listen on, separated by semicolons (default: {ServerAddress.Default}).",
        HelpName = "addresses",
    };

    private readonly Argument<string[]> _settings = new("setting")
    {
        Description = "Any setting, such as --Saga:Roles=api or --ConnectionStrings:Database=\"Host=…\".",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public ServerCommand(Surroundings surroundings)
        : base(
            "server",
            "Run the server: without settings, everything in this process with its data in ./data.")
    {
        _surroundings = surroundings;
        _settings.Validators.Add(result =>
        {
            if (SettingArguments.ProblemOf([.. result.Tokens.Select(token => token.Value)]) is { } problem)
                result.AddError(problem);
        });
        Add(_urls);
        Add(_settings);
        SetAction(ServeAsync);
    }

    private async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        List<string> settings = [QuietStart, .. parsed.GetValue(_settings) ?? []];
        if (parsed.GetValue(_urls) is { } urls)
            settings.Add($"--urls={urls}");

        try
        {
            await using WebApplication server = _surroundings.BuildServer([.. settings]);
            await WorkerHost.StartAsync(server, cancellation);
            await _surroundings.Out.WriteLineAsync($"saga serves on {string.Join(" and ", server.Urls)}. Ctrl-C stops it; the next start goes on where it stopped.");
            await server.WaitForShutdownAsync(cancellation);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (Exception failure)
        {
            // Whatever kept the server from starting, a person at a terminal needs the reason, not the stack.
            await _surroundings.Error.WriteLineAsync(_surroundings.Told(StartFailure.Explain(failure)));
            return ExitCode.Error;
        }
    }
}
