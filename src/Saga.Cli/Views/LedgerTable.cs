using Saga.Cli.Api;
using Spectre.Console;

namespace Saga.Cli.Views;

/// <summary>The ledger of a run: a line for each node, begun or not.</summary>
internal static class LedgerTable
{
    private const int LongestNote = 200;

    /// <summary>Draws the ledger.</summary>
    /// <param name="run">The run.</param>
    /// <param name="now">Until when unfinished nodes have been running.</param>
    /// <param name="lines">How many nodes fit; of a larger plan the part around the work in progress is shown.</param>
    public static Table Of(Run run, DateTimeOffset now, int lines = int.MaxValue)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("#", "node", "step", "status", "attempts", "took", "note");
        table.Columns[0].RightAligned().NoWrap();
        table.Columns[3].NoWrap();
        table.Columns[4].RightAligned();
        table.Columns[5].RightAligned().NoWrap();

        IReadOnlyList<LedgerRow> rows = LedgerRow.Of(run);
        Range window = Window(rows, lines);
        (int from, int count) = window.GetOffsetAndLength(rows.Count);

        AddCount(table, from, "before");
        foreach (LedgerRow row in rows.Skip(from).Take(count))
            Add(table, row, now);
        AddCount(table, rows.Count - from - count, "after");
        return table;
    }

    private static void Add(Table table, LedgerRow row, DateTimeOffset now) => table.AddRow(
        new Text($"{row.Index}"),
        new Text(Printable.Brief(row.Name, LongestNote)),
        new Text(Printable.Brief(row.Step, LongestNote)),
        StatusText.Of(row.Status),
        new Text(row.Node is { Attempts: > 0 } begun ? $"{begun.Attempts}" : ""),
        new Text(Took.Between(row.Node?.StartedAt, row.Node?.CompletedAt, now)),
        new Text(Printable.Brief(row.Note, LongestNote)));

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
