using System.CommandLine;
using Saga.Cli.Api;
using Saga.Cli.Views;

namespace Saga.Cli.Commands;

/// <summary>Lists the definitions that a start can name.</summary>
internal sealed class DefinitionsCommand(Surroundings surroundings)
    : ClientCommand("definitions", "List the registered definitions.", surroundings)
{
    protected override async Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation)
    {
        Answer<DefinitionList> definitions = await session.Api.ListDefinitionsAsync(cancellation);

        if (session.Json)
            await session.PrintJsonAsync(definitions.Json);
        else if (definitions.Value.Definitions.Count == 0)
            await session.PrintAsync("No definition is registered yet. Register one: saga define network.yaml network 1");
        else
            session.Console.Write(DefinitionTable.Of(definitions.Value.Definitions, session.Now));
        return ExitCode.Done;
    }
}
