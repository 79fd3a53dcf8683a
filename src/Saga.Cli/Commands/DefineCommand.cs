using System.CommandLine;
using Saga.Cli.Api;

namespace Saga.Cli.Commands;

/// <summary>Registers a plan document under a kind and a version.</summary>
internal sealed class DefineCommand : ClientCommand
{
    private readonly Argument<string> _file = PlanCommand.File();

    private readonly Argument<string> _kind = new("kind") { Description = "The name by which runs are started with `start --kind`." };

    private readonly Argument<int> _version = VersionArgument.Create();

    public DefineCommand(Surroundings surroundings)
        : base("define", "Register a plan as a definition, so that runs can be started by its kind. Again is harmless.", surroundings)
    {
        Add(_file);
        Add(_kind);
        Add(_version);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation)
    {
        PlanFile plan = await PlanFile.ReadAsync(parsed.GetRequiredValue(_file), session.Surroundings.In, cancellation);
        Answer<Definition> defined = await RegisterAsync(
            session, plan, parsed.GetRequiredValue(_kind), parsed.GetRequiredValue(_version), cancellation);

        if (session.Json)
            await session.PrintJsonAsync(defined.Json);
        else
            await session.PrintAsync($"Registered {defined.Value.Kind} version {defined.Value.Version}.\nStart it: {session.Surroundings.Saga} start --kind {defined.Value.Kind}");
        return ExitCode.Done;
    }

    private static async Task<Answer<Definition>> RegisterAsync(
        ClientSession session, PlanFile plan, string kind, int version, CancellationToken cancellation)
    {
        try
        {
            return await session.Api.DefineAsync(kind, version, plan, cancellation);
        }
        catch (CommandFailedException failure) when (failure.Problem.Errors?.Any(error => error.Line is not null) == true)
        {
            throw new CommandFailedException(failure.Problem with { File = plan.Name, Detail = null });
        }
    }
}
