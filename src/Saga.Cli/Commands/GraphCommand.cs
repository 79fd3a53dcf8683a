using System.CommandLine;
using Saga.Cli.Api;

namespace Saga.Cli.Commands;

/// <summary>Draws a run, for Graphviz.</summary>
internal sealed class GraphCommand : ClientCommand
{
    private readonly Argument<string> _run = RunArgument.Create();

    public GraphCommand(Surroundings surroundings)
        : base("graph", $"Draw a run as it is now, for Graphviz: {surroundings.Saga} graph - | dot -Tsvg > run.svg", surroundings) => Add(_run);

    protected override async Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation)
    {
        Answer<Run> run = await session.FindAsync(parsed.GetRequiredValue(_run), cancellation);
        string dot = await session.Api.GraphAsync(run.Value.Id, cancellation);
        if (session.Json)
            await session.PrintJsonAsync(System.Text.Json.JsonSerializer.Serialize(new { dot }, Api.Json.Compact));
        else
            await session.PrintAsync(dot.TrimEnd());
        return ExitCode.Done;
    }
}
