using Saga.Cli.Api;
using Spectre.Console;

namespace Saga.Cli.Views;

/// <summary>The line above a ledger: which run, how it stands, since when.</summary>
internal static class RunHeading
{
    public static Columns Of(Run run, DateTimeOffset now)
    {
        string[] remarks =
        [
            .. run.Reason is { } reason ? [reason] : Array.Empty<string>(),
            .. run.CancelRequested && !run.HasEnded ? ["cancel requested"] : Array.Empty<string>(),
            .. run.Paused ? ["paused"] : Array.Empty<string>(),
        ];
        string took = Took.Between(run.StartedAt ?? run.CreatedAt, run.CompletedAt, now);

        return new Columns(
            new Text($"run {Printable.Of(run.Id)}"),
            StatusText.Of(run.Status),
            new Text(Printable.Brief(string.Join(", ", remarks), 120)),
            new Text(took)) { Expand = false };
    }
}
