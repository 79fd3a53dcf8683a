using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Saga.Cli.Api;
using Saga.Cli.Watching;

namespace Saga.Cli.Commands;

/// <summary>Starts a run of the named steps, of a plan, or of a registered definition.</summary>
internal sealed class StartCommand : ClientCommand
{
    private readonly Argument<string[]> _steps = new("step")
    {
        Description = "The steps to execute, one after the other. The command `steps` lists them.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "Follow a plan document instead: a file in YAML or JSON, or - for standard input.",
        HelpName = "file",
    };

    private readonly Option<string?> _kind = new("--kind")
    {
        Description = "Follow a registered definition instead. The command `definitions` lists them.",
        HelpName = "kind",
    };

    private readonly Option<int?> _version = new("--version") { Description = "The version of the definition (default: the latest).", HelpName = "n" };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "A business key such as ORDER-42: one live run has it, and key:ORDER-42 names that run.",
        HelpName = "key",
    };

    private readonly Option<string?> _input = new("--input")
    {
        Description = "What the run is about, for every step that has no input of its own: JSON, @file, or - for standard input.",
        HelpName = "json",
    };

    private readonly Option<string?> _id = new("--id")
    {
        Description = "The id of the run, a GUID of your own. Starting the same id again is harmless: it stays one run.",
        HelpName = "guid",
    };

    private readonly Option<bool> _watch = new("--watch") { Description = "Stay until the run ends, and exit with how it ended." };

    public StartCommand(Surroundings surroundings)
        : base("start", "Start a run: of steps, of a plan (--plan), or of a definition (--kind).", surroundings)
    {
        _id.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !Guid.TryParse(text, out _))
                result.AddError($"--id is `{text}`. It must be a GUID such as {new Guid("0199c0de-5a6a-7000-8000-000000000001")}.");
        });
        VersionArgument.Check(_version);
        Validators.Add(NamesOneThingToFollow);
        Add(_steps);
        Add(_plan);
        Add(_kind);
        Add(_version);
        Add(_key);
        Add(_input);
        Add(_id);
        Add(_watch);
    }

    protected override async Task<int> ExecuteAsync(ParseResult parsed, ClientSession session, CancellationToken cancellation)
    {
        Stream standardInput = session.Surroundings.In;
        PlanFile? plan = parsed.GetValue(_plan) is { } path ? await PlanFile.ReadAsync(path, standardInput, cancellation) : null;
        var request = new StartRequest
        {
            RunId = parsed.GetValue(_id) is { } id ? Guid.Parse(id) : null,
            Kind = parsed.GetValue(_kind),
            Version = parsed.GetValue(_version),
            Steps = parsed.GetValue(_steps) is { Length: > 0 } steps ? steps : null,
            Plan = plan?.ToJson(),
            CorrelationKey = parsed.GetValue(_key),
            Input = await CommandText.Input.ReadAsync(parsed.GetValue(_input), standardInput, cancellation),
        };

        Answer<Run> started = await PlanRefusal.ExplainAsync(session, plan, () => session.Api.StartAsync(request, cancellation), cancellation);
        await session.LastRun.RememberAsync(session.Api.Server, started.Value.Id, cancellation);

        if (parsed.GetValue(_watch))
            return await Watch.ToTheEndAsync(session, started, RunStatus.Completed, cancellation);

        if (session.Json)
            await session.PrintJsonAsync(started.Json);
        else
            await session.PrintAsync($"Started run {started.Value.Id}: {Followed(request, plan)}\nWatch it: {session.Surroundings.Saga} watch -");
        return ExitCode.Done;
    }

    private static string Followed(StartRequest request, PlanFile? plan) =>
        request.Kind is { } kind ? kind + (request.Version is { } version ? $" version {version}" : "")
        : plan is null ? string.Join(" → ", request.Steps ?? [])
        : request.Plan is { ValueKind: JsonValueKind.Object } document && document.TryGetProperty("name", out JsonElement name) ? $"{name}"
        : plan.Name;

    private void NamesOneThingToFollow(CommandResult result)
    {
        bool steps = result.GetResult(_steps) is { Tokens.Count: > 0 };
        bool plan = result.GetResult(_plan) is not null;
        bool kind = result.GetResult(_kind) is not null;
        if (!steps && !plan && !kind)
            result.AddError("A run follows steps, a plan or a definition. Name the steps, such as `saga start echo echo`, or give --plan or --kind.");
        else if ((steps ? 1 : 0) + (plan ? 1 : 0) + (kind ? 1 : 0) > 1)
            result.AddError("A run follows steps, a plan or a definition. Give only one of step names, --plan and --kind.");
        else if (result.GetResult(_version) is not null && !kind)
            result.AddError("--version is that of a definition. Give --kind, too, or leave it out.");
        else if (IsDash(_plan) && IsDash(_input))
            result.AddError("--plan and --input cannot both be standard input. Give one of them as a file.");

        bool IsDash(Option option) => result.GetResult(option) is { Tokens: [{ Value: "-" }] };
    }
}
