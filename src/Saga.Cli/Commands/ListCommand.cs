using System.CommandLine;
using System.CommandLine.Completions;
using Saga.Cli.Api;
using Saga.Cli.Views;

namespace Saga.Cli.Commands;

/// <summary>Lists runs, newest first.</summary>
internal sealed class ListCommand : ClientCommand
{
    private const int MostRuns = 500;

    private readonly Option<string?> _status = new("--status") { Description = "Only runs with this status." };

    private readonly Option<int> _limit = new("--limit") { Description = $"How many runs, 1 to {MostRuns}.", DefaultValueFactory = _ => 20, HelpName = "n" };

    private readonly Option<string?> _before = new("--before") { Description = "Older runs: the cursor that the list before ended with.", HelpName = "cursor" };

    public ListCommand(Surroundings surroundings)
        : base("list", "List runs, newest first.", surroundings)
    {
        _status.CompletionSources.Add(_ => RunStatus.All.Select(status => new CompletionItem(status)));
        _status.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !RunStatus.All.Contains(text))
                result.AddError($"--status is `{text}`. It must be one of {string.Join(", ", RunStatus.All)}.");
        });
        _limit.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out int limit) && limit is >= 1 and <= MostRuns))
                result.AddError($"--limit is `{text}`. It must be a number from 1 to {MostRuns}.");
        });
        Add(_status);
        Add(_limit);
        Add(_before);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation)
    {
        string? status = parsed.GetValue(_status);
        int limit = parsed.GetValue(_limit);
        Answer<RunPage> page = await session.Api.ListRunsAsync(status, parsed.GetValue(_before), limit, cancellation);
        await session.PrintListAsync(
            page.Json, page.Value.Runs, (runs, now) => RunTable.Of(runs, now, session.Surroundings.IsTerminal ? session.Console.Profile.Width : null),
            whenEmpty: status is null ? $"No runs yet. Start one: {session.Surroundings.Saga} start echo echo --watch" : $"No run is {status}.");
        if (page.Value.Next is { } next && !session.Json)
            await session.PrintAsync($"Older ones: {session.Surroundings.Saga} list{(status is null ? "" : " --status " + status)} --limit {limit} --before {next}");
        return ExitCode.Done;
    }
}
