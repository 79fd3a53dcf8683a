using Saga.Cli.Api;
using Spectre.Console;

namespace Saga.Cli.Views;

/// <summary>The ledger of a run as a tree: a line for each node, begun or not.</summary>
internal static class LedgerTable
{
    private const int LongestNote = 200;

    /// <summary>Draws the ledger.</summary>
    /// <param name="run">The run.</param>
    /// <param name="now">Until when unfinished nodes have been running.</param>
    /// <param name="lines">How many nodes fit; of a larger plan the part around the work in progress is shown.</param>
    /// <param name="all">Whether every item of a large map is shown, not only those under way.</param>
    public static Table Of(Run run, DateTimeOffset now, int lines = int.MaxValue, bool all = false)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("#", "node", "kind", "status", "attempts", "took", "note");
        table.Columns[0].RightAligned().NoWrap();
        table.Columns[3].NoWrap();
        table.Columns[4].RightAligned();
        table.Columns[5].RightAligned().NoWrap();

        // Whatever has no end of its own, has not gone on longer than its run.
        now = run is { HasEnded: true, CompletedAt: { } end } ? end : now;
        IReadOnlyList<LedgerRow> every = LedgerRow.Of(run);
        IReadOnlyList<LedgerRow> rows = all ? every : LargeMaps.Shortened(every);
        Range window = Window(rows, lines);
        (int from, int count) = window.GetOffsetAndLength(rows.Count);

        AddCount(table, from, "before");
        foreach (LedgerRow row in rows.Skip(from).Take(count))
            Add(table, row, now);
        AddCount(table, rows.Count - from - count, "after");
        return table;
    }

    private static void Add(Table table, LedgerRow row, DateTimeOffset now)
    {
        if (row.Index == LargeMaps.LeftOut)
        {
            table.AddRow(new Text("…"), Cell(row, Indented(row)));
            return;
        }

        table.AddRow(
            Cell(row, $"{row.Index}"),
            Cell(row, Indented(row)),
            Cell(row, Printable.Brief(row.Does, LongestNote)),
            StatusText.Of(row.Status),
            Cell(row, row.Node is { Attempts: > 0 } begun ? $"{begun.Attempts}" : ""),
            Cell(row, Took.Between(row.Node?.StartedAt, row.Node?.CompletedAt, now)),
            Cell(row, Printable.Brief(row.Note(now), LongestNote)));
    }

    // Spaces at the beginning of a cell are trimmed on a terminal; these are not.
    private static string Indented(LedgerRow row) => new string('\u00a0', 2 * row.Depth) + Printable.Brief(row.Name, LongestNote);

    private static Text Cell(LedgerRow row, string text) => new(text, row.IsFaint ? new Style(decoration: Decoration.Dim) : Style.Plain);

    private static void AddCount(Table table, int nodes, string where)
    {
        if (nodes > 0)
            table.AddRow(new Text("…"), new Text($"{nodes} more {where}"));
    }

    private static Range Window(IReadOnlyList<LedgerRow> rows, int lines)
    {
        if (rows.Count <= lines)
            return Range.All;

        int active = rows.TakeWhile(row => row.Status is "completed" or "skipped").Count();
        int from = Math.Clamp(active - (lines / 2), 0, rows.Count - lines);
        return from..(from + lines);
    }
}
