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
    /// <param name="width">How wide a line may be.</param>
    /// <param name="lines">How many nodes fit; of a larger plan the part around the work in progress is shown.</param>
    /// <param name="all">Whether every item of a large map is shown, not only those under way.</param>
    public static Table Of(Run run, DateTimeOffset now, int width, int lines = int.MaxValue, bool all = false)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("#", "node", "kind", "status", "attempts", "took", "note");
        table.Columns[0].RightAligned().NoWrap();
        table.Columns[1].NoWrap();
        table.Columns[2].NoWrap();
        table.Columns[3].NoWrap();
        table.Columns[4].RightAligned().NoWrap();
        table.Columns[5].RightAligned().NoWrap();

        // Whatever has no end of its own, has not gone on longer than its run.
        now = run is { HasEnded: true, CompletedAt: { } end } ? end : now;
        IReadOnlyList<LedgerRow> every = LedgerRow.Of(run);
        IReadOnlyList<LedgerRow> rows = all ? every : LargeMaps.Shortened(every);
        Range window = Window(rows, lines);
        (int from, int count) = window.GetOffsetAndLength(rows.Count);

        LedgerRow[] shown = [.. rows.Skip(from).Take(count)];
        string[] took = [.. shown.Select(row => Took.Between(row.Node?.StartedAt, row.Node?.CompletedAt, now))];
        string[] notes = [.. shown.Select(row => Printable.Brief(row.Note(now), LongestNote))];
        LedgerWidths widths = LedgerWidths.Of(shown, took, notes, width);
        if (widths.IsNarrow)
        {
            foreach (TableColumn column in table.Columns)
                column.Padding(0, 0, 1, 0);
        }

        AddCount(table, from, "before");
        foreach ((int at, LedgerRow row) in shown.Index())
            Add(table, row, widths, took[at], notes[at]);
        AddCount(table, rows.Count - from - count, "after");
        return table;
    }

    private static void Add(Table table, LedgerRow row, LedgerWidths widths, string took, string note)
    {
        string name = Printable.Brief(LedgerWidths.NameOf(row, widths.IsNarrow), Math.Min(widths.Name, LongestNote));
        if (row.Index == LargeMaps.LeftOut)
        {
            table.AddRow(new Text("…"), Cell(row, name));
            return;
        }

        table.AddRow(
            Cell(row, $"{row.Index}"),
            Cell(row, name),
            Cell(row, Printable.Brief(row.Does, Math.Min(widths.Kind, LongestNote))),
            StatusText.Of(row.Status),
            Cell(row, row.Node is { Attempts: > 0 } begun ? $"{begun.Attempts}" : ""),
            Cell(row, took),
            Cell(row, note));
    }

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
