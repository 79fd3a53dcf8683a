using System.CommandLine;
using System.Text.Json;
using Saga.StateMachines.Pictures;
using Saga.StateMachines.Plans;

namespace Saga.Cli.Commands;

/// <summary>Draws a plan, for Graphviz. Only a plan with subsagas by kind needs a server, which knows their plans.</summary>
internal sealed class PlanGraphCommand : ClientCommand
{
    private readonly Argument<string> _file = PlanCommand.File();

    public PlanGraphCommand(Surroundings surroundings)
        : base("graph", $"Draw a plan for Graphviz: {surroundings.Saga} plan graph network.yaml | dot -Tsvg > network.svg", surroundings) => Add(_file);

    protected override async Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation)
    {
        PlanFile file = await PlanFile.ReadAsync(parsed.GetRequiredValue(_file), session.Surroundings.In, cancellation);
        PlanResult read = await RegisteredPlans.ReadAsync(file, session, cancellation);
        if (!read.IsAccepted)
            throw file.Refused(read.Errors.Select(PlanFile.Of));

        string dot = PlanPicture.Of(read.Plan);
        if (session.Json)
            await session.PrintJsonAsync(JsonSerializer.Serialize(new { dot }, Api.Json.Compact));
        else
            await session.PrintAsync(dot.TrimEnd());
        return ExitCode.Done;
    }
}
