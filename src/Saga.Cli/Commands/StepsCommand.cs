using System.CommandLine;
using Saga.Cli.Api;
using Saga.Cli.Views;

namespace Saga.Cli.Commands;

/// <summary>Lists the steps that a plan can name.</summary>
internal sealed class StepsCommand(Surroundings surroundings)
    : ClientCommand("steps", "List the steps that workers have announced.", surroundings)
{
    protected override async Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation)
    {
        Answer<StepList> steps = await session.Api.ListStepsAsync(cancellation);

        if (session.Json)
            await session.PrintJsonAsync(steps.Json);
        else if (steps.Value.Steps.Count == 0)
            await session.PrintAsync("No worker has announced a step yet.");
        else
            session.Console.Write(StepTable.Of(steps.Value.Steps, session.Now));
        return ExitCode.Done;
    }
}
