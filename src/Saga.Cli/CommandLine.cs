using System.CommandLine;
using System.CommandLine.Invocation;
using Saga.Cli.Api;
using Saga.Cli.Commands;

namespace Saga.Cli;

/// <summary>Takes the words after <c>saga</c>, runs the command they name, and says how it went.</summary>
internal static class CommandLine
{
    private const string Description = """
        Runs sagas: start runs on a saga server, watch, cancel and roll them back, or be that server.

        Try `saga demo` first. A run id may be shortened as long as it stays unique; `-` is the last run started,
        and `key:ORDER-42` the run with that business key.

        """;

    private const string Environment = """


        Environment:
          SAGA_URL    where the server is (default: http://127.0.0.1:5080)
          SAGA_STATE  the folder that remembers the last run (default: ~/.local/state/saga)
          NO_COLOR    set to anything: no colours
        """;

    public static async Task<int> InvokeAsync(IReadOnlyList<string> args, Surroundings surroundings, CancellationToken cancellation)
    {
        ParseResult parsed = Root(surroundings).Parse(
            args.Count == 0 ? ["--help"] : args,
            // `@file` is the input's own notation, so nothing may replace it before.
            new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });

        if (parsed.Action is ParseErrorAction)
            return await ReportWrongUsageAsync(parsed, args, surroundings);

        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = surroundings.Out,
                Error = surroundings.Error,
                EnableDefaultExceptionHandler = false,
                // The process listens to signals itself and passes them on as cancellation.
                ProcessTerminationTimeout = null,
            },
            cancellation);
    }

    private static RootCommand Root(Surroundings surroundings) => new(Description + "\n" + ExitCode.Explained + Environment)
    {
        new DemoCommand(surroundings),
        new ServerCommand(surroundings),
        new StartCommand(surroundings),
        new ListCommand(surroundings),
        new ShowCommand(surroundings),
        new WatchCommand(surroundings),
        new CancelCommand(surroundings),
        new RollbackCommand(surroundings),
        new SignalCommand(surroundings),
        new GraphCommand(surroundings),
        new PlanCommand(surroundings),
        new DefineCommand(surroundings),
        new DefinitionsCommand(surroundings),
        new StepsCommand(surroundings),
        new LogicCommand(surroundings),
    };

    private static async Task<int> ReportWrongUsageAsync(ParseResult parsed, IReadOnlyList<string> args, Surroundings surroundings)
    {
        Command command = parsed.CommandResult.Command;
        Problem problem = command is RootCommand
            ? new()
            {
                Title = $"There is no command {string.Join(" ", parsed.UnmatchedTokens)}.",
                Detail = $"The commands are {string.Join(", ", command.Subcommands.Select(known => known.Name))}. See `saga --help`.",
            }
            : new() { Title = string.Join(' ', parsed.Errors.Select(error => error.Message)), Detail = $"See `saga {PathOf(command)} --help`." };
        await surroundings.Error.WriteLineAsync(args.Contains("--json") ? problem.ToJson() : problem.ToString());
        return ExitCode.WrongUsage;
    }

    private static string PathOf(Command command) =>
        string.Join(' ', command.Parents.OfType<Command>().Where(parent => parent is not RootCommand).Append(command).Select(part => part.Name));
}
