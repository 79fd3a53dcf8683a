namespace Saga.Cli.Views;

/// <summary>
/// How wide the columns of a ledger may be whose text can be told in less. Where a terminal has no room for whole names, each stands without that of what it is in, which stands
/// above it; what is still too long is shortened, so that notes have some room.
/// </summary>
/// <param name="IsNarrow">Whether names are told in short, and columns stand closer to each other.</param>
/// <param name="Name">The most characters of a name, with those it is indented by.</param>
/// <param name="Kind">The most characters of a kind.</param>
internal sealed record LedgerWidths(bool IsNarrow, int Name, int Kind)
{
    private const int Columns = 7;
    private const int LeastName = 16;
    private const int LeastKind = 12;
    private const int LeastNote = 18;

    private static readonly int _attempts = "attempts".Length;

    /// <summary>What fits.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="took">How long each took.</param>
    /// <param name="notes">The note of each.</param>
    /// <param name="width">How wide a line may be.</param>
    public static LedgerWidths Of(IReadOnlyList<LedgerRow> rows, IReadOnlyList<string> took, IReadOnlyList<string> notes, int width)
    {
        int name = Longest(rows.Select(row => NameOf(row, isNarrow: false)), "node");
        int kind = Longest(rows.Select(row => row.Does), "kind");
        int note = Longest(notes, "note");
        int rest = Longest(rows.Select(row => $"{row.Index}"), "#") + Longest(rows.Select(row => row.Status), "status") + _attempts + Longest(took, "took");

        // A space on each side of each cell, and a border between them and around.
        if (name + kind + note + rest + (2 * Columns) + Columns + 1 <= width)
            return new LedgerWidths(IsNarrow: false, name, kind);

        int room = width - rest - Columns - Columns - 1 - Math.Min(note, LeastNote);
        kind = Math.Min(kind, Math.Max(LeastKind, room - LeastName));
        return new LedgerWidths(IsNarrow: true, Math.Max(LeastName, room - kind), kind);
    }

    /// <summary>The name of a node, indented by what it is in.</summary>
    public static string NameOf(LedgerRow row, bool isNarrow)
    {
        // Spaces at the beginning of a cell are trimmed on a terminal; these are not.
        string indent = new('\u00a0', 2 * row.Depth);
        bool isShort = isNarrow && row.Container.Length > 0 && row.Name.StartsWith(row.Container, StringComparison.Ordinal);
        return indent + Printable.Of(isShort ? row.Name[row.Container.Length..].TrimStart('/') : row.Name);
    }

    private static int Longest(IEnumerable<string> texts, string heading) => texts.Select(text => text.Length).Append(heading.Length).Max();
}
