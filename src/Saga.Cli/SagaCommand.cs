using System.CommandLine;
using Saga.Cli.Commands;

namespace Saga.Cli;

/// <summary>The command line as a whole. The options of commands that ask a server may stand before the command, too.</summary>
internal sealed class SagaCommand : RootCommand
{
    private const string Environment = """


        Environment:
          SAGA_URL    where the server is (default: http://127.0.0.1:5080)
          SAGA_STATE  the folder that remembers the last run (default: ~/.local/state/saga)
          NO_COLOR    set to anything: no colours
        """;

    public SagaCommand(Surroundings surroundings)
        : base(Introduction(surroundings.Saga) + "\n" + ExitCode.Explained + Environment)
    {
        Add(Url);
        Add(Json);
        Add(new DemoCommand(surroundings));
        Add(new ServerCommand(surroundings));
        Add(new StartCommand(surroundings));
        Add(new ListCommand(surroundings));
        Add(new ShowCommand(surroundings));
        Add(new WatchCommand(surroundings));
        Add(new CancelCommand(surroundings));
        Add(new RollbackCommand(surroundings));
        Add(new SignalCommand(surroundings));
        Add(new GraphCommand(surroundings));
        Add(new PlanCommand(surroundings));
        Add(new DefineCommand(surroundings));
        Add(new DefinitionsCommand(surroundings));
        Add(new StepsCommand(surroundings));
        Add(new LogicCommand(surroundings));
    }

    public Option<string?> Url { get; } = UrlOption();

    public Option<bool> Json { get; } = JsonOption();

    public static Option<string?> UrlOption() => new("--url")
    {
        Description = $"Where the server is (default: SAGA_URL, else {ServerAddress.Default}).",
        HelpName = "address",
    };

    public static Option<bool> JsonOption() => new("--json")
    {
        Description = "Print the server's JSON and nothing else; errors are JSON problem details on standard error.",
    };

    private static string Introduction(string saga) => $"""
        Runs sagas: start runs on a saga server, watch, cancel and roll them back, or be that server.

        Try `{saga} demo` first. A run id may be shortened as long as it stays unique; `-` is the last run started,
        and `key:ORDER-42` the run with that business key. What follows `--` is no option, whatever it begins with.

        """;
}
