using System.CommandLine;
using Saga.Cli.Api;
using Saga.Cli.Views;

namespace Saga.Cli.Commands;

/// <summary>Shows one run and its ledger as they are now.</summary>
internal sealed class ShowCommand : ClientCommand
{
    private readonly Argument<string> _run = RunArgument.Create();

    public ShowCommand(Surroundings surroundings)
        : base("show", "Show a run: its ledger, what it waits on, and its data.", surroundings) => Add(_run);

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
            session.Console.Write(LedgerTable.Of(run.Value, session.Now));
        }

        return ExitCode.Done;
    }
}
