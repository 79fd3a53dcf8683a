using System.CommandLine;
using Saga.Cli.Api;
using Saga.Cli.Views;

namespace Saga.Cli.Commands;

/// <summary>Shows one run and its ledger as they are now.</summary>
internal sealed class ShowCommand : ClientCommand
{
    private readonly Argument<string> _run = RunArgument.Create();

    private readonly Option<bool> _all = new("--all") { Description = "Show every item of large maps and loops, not only those under way." };

    public ShowCommand(Surroundings surroundings)
        : base("show", "Show a run: its ledger, what it waits on, and its data.", surroundings)
    {
        Add(_run);
        Add(_all);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation)
    {
        Answer<Run> run = await session.FindAsync(parsed.GetRequiredValue(_run), cancellation);

        if (session.Json)
        {
            await session.PrintJsonAsync(run.Json);
        }
        else
        {
            session.Console.Write(RunFacts.Of(run.Value, session.Now));
            session.Console.Write(LedgerTable.Of(run.Value, session.Now, session.Console.Profile.Width, all: parsed.GetValue(_all)));
        }

        return ExitCode.Done;
    }
}
