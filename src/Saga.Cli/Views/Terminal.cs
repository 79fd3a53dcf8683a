using Spectre.Console;

namespace Saga.Cli.Views;

/// <summary>The console that tables are drawn on.</summary>
internal static class Terminal
{
    // Nobody folds lines on a pipe, and a table cut to 80 columns loses what grep looks for. It is wider than any table.
    private const int PipeWidth = 10_000;

    public static IAnsiConsole On(Surroundings surroundings)
    {
        bool colours = surroundings.IsTerminal && surroundings.Variable("NO_COLOR") is null;
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(surroundings.IsTerminal ? surroundings.Out : new TrimmedLines(surroundings.Out)),
            Ansi = surroundings.IsTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            // The sixteen colours are those that a user's theme makes readable.
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = surroundings.IsTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });

        console.Profile.Capabilities.Unicode = true;
        if (!surroundings.IsTerminal)
            console.Profile.Width = int.TryParse(surroundings.Variable("COLUMNS"), out int columns) && columns > 0 ? columns : PipeWidth;
        else if (surroundings.Width is { } width)
            console.Profile.Width = width;
        return console;
    }
}
