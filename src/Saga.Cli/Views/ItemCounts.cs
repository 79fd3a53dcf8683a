namespace Saga.Cli.Views;

/// <summary>Says of maps and loops how many of their items stand where.</summary>
internal static class ItemCounts
{
    public static IReadOnlyList<LedgerRow> Added(IReadOnlyList<LedgerRow> rows)
    {
        ILookup<string, string> items = rows.Where(row => NodeTree.IsItem(row.Name)).ToLookup(row => NodeTree.ContainerOf(row.Name) ?? "", row => row.Status);
        return items.Count == 0 ? rows : [.. rows.Select(row => items.Contains(row.Name) ? row with { Items = Told(row, [.. items[row.Name]]) } : row)];
    }

    private static string Told(LedgerRow row, string[] statuses) => row.Kind == "loop"
        ? $"iteration {statuses.Length}"
        : string.Join(", ", statuses.CountBy(status => status).OrderByDescending(count => count.Value).ThenBy(count => count.Key)
            .Select((count, place) => place == 0 ? $"{count.Value} of {statuses.Length} {count.Key}" : $"{count.Value} {count.Key}"));
}
