using System.CommandLine;
using Saga.Cli.Api;
using Saga.Cli.Watching;

namespace Saga.Cli.Commands;

/// <summary>Follows a run to its end.</summary>
internal sealed class WatchCommand : ClientCommand
{
    private readonly Argument<string> _run = RunArgument.Create();

    public WatchCommand(Surroundings surroundings)
        : base("watch", "Follow a run until it ends, and exit with how it ended. Ctrl-C leaves the run alone.", surroundings) => Add(_run);

    protected override async Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation)
    {
        Answer<Run> run = await session.FindAsync(parsed.GetRequiredValue(_run), cancellation);
        return await Watch.ToTheEndAsync(session, run, RunStatus.Completed, cancellation);
    }
}
