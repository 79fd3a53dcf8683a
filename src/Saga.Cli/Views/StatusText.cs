using Spectre.Console;

namespace Saga.Cli.Views;

/// <summary>A status in its colour. The word alone says as much.</summary>
internal static class StatusText
{
    public static Text Of(string status) => new(Printable.Of(status), new Style(ColourOf(status)));

    private static Color ColourOf(string status) => status switch
    {
        "completed" => Color.Green,
        "running" or "retrying" => Color.Blue,
        "compensating" => Color.Yellow,
        "compensated" or "rolled_back" => Color.Olive,
        "failed" or "compensation_failed" or "stuck" or "unknown" => Color.Red,
        "pending" or "waiting" or "skipped" or LedgerRow.NotBegun => Color.Grey,
        _ => Color.Default,
    };
}
