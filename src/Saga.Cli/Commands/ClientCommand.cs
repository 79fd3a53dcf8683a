using System.CommandLine;
using Saga.Cli.Api;

namespace Saga.Cli.Commands;

/// <summary>A command that talks to a server: where it is, who reads the output, and how failures are told.</summary>
internal abstract class ClientCommand : Command
{
    private readonly Surroundings _surroundings;

    private readonly Option<string?> _url = new("--url")
    {
        Description = $"Where the server is (default: SAGA_URL, else {ServerAddress.Default}).",
        HelpName = "address",
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print the server's JSON and nothing else; errors are JSON problem details on standard error.",
    };

    protected ClientCommand(string name, string description, Surroundings surroundings)
        : base(name, description)
    {
        _surroundings = surroundings;
        Add(_url);
        Add(_json);
        SetAction(RunAsync);
    }

    protected abstract Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        bool json = parsed.GetValue(_json);
        try
        {
            (string? url, string? variable) = (parsed.GetValue(_url), _surroundings.Variable("SAGA_URL"));
            Uri server = ServerAddress.Resolve(url, variable);
            using var api = new ApiClient(server, _surroundings.Connect(server));
            return await ExecuteAsync(parsed, new ClientSession(_surroundings, api, json, (url ?? variable) is not null), cancellation);
        }
        catch (CommandFailedException failure)
        {
            await _surroundings.Error.WriteLineAsync(json ? failure.Problem.ToJson() : failure.Problem.ToString());
            return failure.Code;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}
