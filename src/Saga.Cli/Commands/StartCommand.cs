using System.CommandLine;
using Saga.Cli.Api;
using Saga.Cli.Watching;

namespace Saga.Cli.Commands;

/// <summary>Starts a run of the named steps, one after the other.</summary>
internal sealed class StartCommand : ClientCommand
{
    private readonly Argument<string[]> _steps = new("step")
    {
        Description = "The steps to execute, one after the other. `saga steps` lists them.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _input = new("--input")
    {
        Description = "What every step receives: JSON, @file, or - for standard input.",
        HelpName = "json",
    };

    private readonly Option<string?> _id = new("--id")
    {
        Description = "The id of the run, a GUID of your own. Starting the same id again is harmless: it stays one run.",
        HelpName = "guid",
    };

    private readonly Option<bool> _watch = new("--watch") { Description = "Stay until the run ends, and exit with how it ended." };

    public StartCommand(Surroundings surroundings)
        : base("start", "Start a run.", surroundings)
    {
        _steps.Validators.Add(result => StrayOptions.Refuse(result));
        _id.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !Guid.TryParse(text, out _))
                result.AddError($"--id is `{text}`. It must be a GUID such as {new Guid("0199c0de-5a6a-7000-8000-000000000001")}.");
        });
        Add(_steps);
        Add(_input);
        Add(_id);
        Add(_watch);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation)
    {
        var request = new StartRequest
        {
            RunId = parsed.GetValue(_id) is { } id ? Guid.Parse(id) : null,
            Steps = parsed.GetRequiredValue(_steps),
            Input = await RunInput.ReadAsync(parsed.GetValue(_input), session.Surroundings.In, cancellation),
        };

        Answer<Run> started = await session.Api.StartAsync(request, cancellation);
        await session.LastRun.RememberAsync(session.Api.Server, started.Value.Id, cancellation);

        if (parsed.GetValue(_watch))
            return await Watch.ToTheEndAsync(session, started, RunStatus.Completed, cancellation);

        if (session.Json)
            await session.PrintJsonAsync(started.Json);
        else
            await session.PrintAsync($"Started run {started.Value.Id}: {string.Join(" → ", request.Steps)}\nWatch it: saga watch -");
        return ExitCode.Done;
    }
}
