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
        await session.PrintListAsync(
            definitions.Json, definitions.Value.Definitions, DefinitionTable.Of,
            whenEmpty: $"No definition is registered yet. Register one: {session.Surroundings.Saga} define network.yaml network 1");
        return ExitCode.Done;
    }
}
