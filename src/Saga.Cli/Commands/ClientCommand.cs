using System.CommandLine;
using Saga.Cli.Api;

namespace Saga.Cli.Commands;

/// <summary>A command that talks to a server: where it is, who reads the output, and how failures are told.</summary>
internal abstract class ClientCommand : Command
{
    private readonly Surroundings _surroundings;

    private readonly Option<string?> _url = SagaCommand.UrlOption();

    private readonly Option<bool> _json = SagaCommand.JsonOption();

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
        var root = (SagaCommand)parsed.RootCommandResult.Command;
        bool json = parsed.GetValue(_json) || parsed.GetValue(root.Json);
        try
        {
            (string? url, string? variable) = (parsed.GetValue(_url) ?? parsed.GetValue(root.Url), _surroundings.Variable("SAGA_URL"));
            Uri server = ServerAddress.Resolve(url, variable);
            using var api = new ApiClient(server, _surroundings.Connect(server));
            return await ExecuteAsync(parsed, new ClientSession(_surroundings, api, json, (url ?? variable) is not null), cancellation);
        }
        catch (CommandFailedException failure)
        {
            await _surroundings.Error.WriteLineAsync(json ? failure.Problem.ToJson() : _surroundings.Told(failure.Problem));
            return failure.Code;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}
