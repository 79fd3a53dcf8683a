using System.CommandLine;
using System.Text.Json;
using Saga.Cli.Api;
using Saga.StateMachines.Plans;

namespace Saga.Cli.Commands;

/// <summary>Says everything that is wrong with a plan document. Its form needs no server; the names of steps and definitions do.</summary>
internal sealed class PlanValidateCommand : ClientCommand
{
    private const string UnknownDefinition = "unknown_definition";

    private readonly Argument<string> _file = PlanCommand.File();

    private readonly Option<bool> _offline = new("--offline") { Description = "Ask no server: check the form alone, not the names of steps and definitions." };

    public PlanValidateCommand(Surroundings surroundings)
        : base("validate", "Say everything that is wrong with a plan, with lines. Exits with 1 when a run could not follow it.", surroundings)
    {
        Add(_file);
        Add(_offline);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation)
    {
        PlanFile plan = await PlanFile.ReadAsync(parsed.GetRequiredValue(_file), session.Surroundings.In, cancellation);
        Answer<PlanCheck> check = parsed.GetValue(_offline) ? CheckForm(plan) : await CheckAsync(plan, session, cancellation);

        if (session.Json)
            await session.PrintJsonAsync(check.Json);
        else
            await PrintAsync(plan, check.Value, session);
        return check.Value.IsValid ? ExitCode.Done : ExitCode.Error;
    }

    private static async Task<Answer<PlanCheck>> CheckAsync(PlanFile plan, ClientSession session, CancellationToken cancellation)
    {
        try
        {
            return await session.Api.CheckPlanAsync(plan, cancellation);
        }
        catch (CommandFailedException failure) when (failure.Problem.Unreachable && !session.IsServerChosen)
        {
            if (!session.Json)
                await session.Surroundings.Error.WriteLineAsync("note: No server was asked, so the names of steps and definitions were not checked.");
            return CheckForm(plan);
        }
    }

    private static Answer<PlanCheck> CheckForm(PlanFile plan)
    {
        PlanResult read = plan.Read();
        ProblemError[] errors = [.. read.Errors.Where(error => error.Code != UnknownDefinition).Select(PlanFile.Of)];

        // Without a server no definition is known, which says nothing about the plan.
        ProblemError[] unchecked_ = [.. read.Errors.Where(error => error.Code == UnknownDefinition).Select(PlanFile.Of)];
        var check = new PlanCheck
        {
            IsValid = errors.Length == 0,
            NodeCount = read.Plan?.NodeCount,
            Hash = read.Plan?.Hash,
            Errors = errors,
            Warnings = [.. read.Warnings.Select(PlanFile.Of), .. unchecked_.Select(error => error with { Message = "No server was asked for the definition named here." })],
        };
        return new(JsonSerializer.Serialize(check, Api.Json.Compact), check);
    }

    private static async Task PrintAsync(PlanFile plan, PlanCheck check, ClientSession session)
    {
        foreach (ProblemError error in check.Errors)
            await session.PrintAsync(error.In(plan.Name));
        foreach (ProblemError warning in check.Warnings)
            await session.PrintAsync(warning.In(plan.Name, "warning: "));
        if (check.IsValid)
            await session.PrintAsync($"{plan.Name}: valid{(check.NodeCount is { } nodes ? $", {nodes} {(nodes == 1 ? "node" : "nodes")}" : "")}");
    }
}
