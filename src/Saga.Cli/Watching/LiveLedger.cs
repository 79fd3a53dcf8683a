using Saga.Cli.Api;
using Saga.Cli.Views;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Saga.Cli.Watching;

/// <summary>The ledger redrawn in place, for a person at a terminal.</summary>
internal static class LiveLedger
{
    // The run's own line, the table's head and foot, and the line the cursor is on.
    private const int LinesAroundTheNodes = 8;

    public static async Task<Run> ShowAsync(IAsyncEnumerable<Sighting> sightings, IAnsiConsole console, TimeProvider time)
    {
        Run? last = null;
        await console.Live(Text.Empty).StartAsync(async screen =>
        {
            await foreach (Sighting sighting in sightings)
            {
                last = sighting.Answer.Value;
                screen.UpdateTarget(Frame(sighting, time.GetUtcNow(), console.Profile.Width, Math.Max(3, console.Profile.Height - LinesAroundTheNodes)));
            }
        });
        return last!;
    }

    private static Rows Frame(Sighting sighting, DateTimeOffset now, int width, int lines)
    {
        Run run = sighting.Answer.Value;
        List<IRenderable> parts = [RunHeading.Of(run, now), LedgerTable.Of(run, now, width, lines)];
        if (sighting.Trouble is { } trouble)
            parts.Add(new Text($"{trouble.Title} Trying again.", new Style(Color.Yellow)));
        return new Rows(parts);
    }
}
