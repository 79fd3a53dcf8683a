using Saga.Cli.Api;
using Spectre.Console;

namespace Saga.Cli.Views;

/// <summary>Runs in a list, each on one line that is no wider than the terminal.</summary>
internal static class RunTable
{
    private const int Gap = 2;
    private const int LongestText = 60;
    private const int LeastText = 8;

    private static readonly string[] _headings = ["run", "status", "follows", "created", "took", "reason"];

    /// <summary>Draws the list.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="now">Until when those have been running that have not ended.</param>
    /// <param name="width">How wide a line may be; null where nobody folds lines, and then ids are whole, for programs.</param>
    public static Table Of(IEnumerable<RunSummary> runs, DateTimeOffset now, int? width)
    {
        string[][] lines = [_headings, .. runs.Select(run => Line(run, now, isShort: width is not null))];
        if (width is { } most)
            Fit(lines, most);

        Table table = new Table().Border(TableBorder.None).HideHeaders().AddColumns(_headings);
        foreach (TableColumn column in table.Columns)
            column.NoWrap().Padding(0, 0, Gap, 0);
        table.Columns[3].RightAligned();
        table.Columns[4].RightAligned();
        table.Columns[5].PadRight(0);
        table.AddRow(_headings.Select(heading => new Text(heading, new Style(decoration: Decoration.Dim))));
        foreach (string[] line in lines[1..])
            table.AddRow(line.Select((cell, column) => column == 1 ? StatusText.Of(cell) : new Text(cell)));
        return table;
    }

    private static string[] Line(RunSummary run, DateTimeOffset now, bool isShort) =>
    [
        Printable.Of(isShort ? run.ShortId ?? run.Id : run.Id),
        run.Status,
        Printable.Brief(Followed(run), LongestText),
        Took.RoughlyAgo(run.CreatedAt, now),
        Took.Between(run.StartedAt, run.CompletedAt, now),
        Printable.Brief(WhyOf(run), LongestText),
    ];

    /// <summary>Shortens what is followed and the reason to the room that the other columns leave them.</summary>
    private static void Fit(string[][] lines, int width)
    {
        int[] widths = [.. _headings.Select((_, column) => lines.Max(line => line[column].Length))];
        int room = width - widths.Sum() + widths[2] + widths[5] - (Gap * (_headings.Length - 1));
        int follows = Math.Min(widths[2], Math.Max(LeastText, room - Math.Min(widths[5], room / 2)));
        int reason = Math.Max(LeastText, room - follows);
        foreach (string[] line in lines)
            (line[2], line[5]) = (Printable.Brief(line[2], follows), Printable.Brief(line[5], reason));
    }

    // That its messages cannot be handled is why it does not move; why it moves back comes after that.
    private static string WhyOf(RunSummary run) => string.Join("; ", new[]
    {
        run.Faults == 0 ? null : run.Faults == 1 ? "a message cannot be handled" : $"{run.Faults} messages cannot be handled",
        run.Reason ?? (run.CancelRequested ? "cancel requested" : null),
    }.OfType<string>());

    private static string Followed(RunSummary run)
    {
        string plan = run.Kind is { } kind ? $"{kind} v{run.Version}" : run.PlanName ?? string.Join(" → ", run.Steps);
        return run.CorrelationKey is { } key ? $"{plan} ({key})" : plan;
    }
}
