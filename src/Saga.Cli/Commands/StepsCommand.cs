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
        await session.PrintListAsync(steps.Json, steps.Value.Steps, StepTable.Of, whenEmpty: "No worker has announced a step yet. One that is running does so every 10 seconds.");
        return ExitCode.Done;
    }
}
