namespace Saga.Cli.Views;

/// <summary>Leaves out the items of large maps and loops at which nothing happens.</summary>
internal static class LargeMaps
{
    /// <summary>The index of a row that stands for those left out.</summary>
    public const int LeftOut = -1;

    // As many as a person takes in at a look.
    private const int Few = 20;

    /// <summary>The tree with the items under way alone, and a row that counts the others.</summary>
    public static IReadOnlyList<LedgerRow> Shortened(IReadOnlyList<LedgerRow> tree) => WithItems(tree, Few, tellsRest: true);

    /// <summary>The tree without any item of a large map.</summary>
    public static IReadOnlyList<LedgerRow> WithoutItems(IReadOnlyList<LedgerRow> tree) => WithItems(tree, most: 0, tellsRest: false);

    private static IReadOnlyList<LedgerRow> WithItems(IReadOnlyList<LedgerRow> tree, int most, bool tellsRest)
    {
        HashSet<string> large =
        [
            .. tree.Where(row => NodeTree.IsItem(row.Name)).CountBy(row => NodeTree.ContainerOf(row.Name)!).Where(map => map.Value > Few).Select(map => map.Key),
        ];
        if (large.Count == 0)
            return tree;

        var shown = new List<LedgerRow>();
        var rest = new Queue<LedgerRow>(tree);
        while (rest.TryDequeue(out LedgerRow? map))
        {
            shown.Add(map);
            if (!large.Contains(map.Name))
                continue;

            List<LedgerRow> inside = [];
            while (rest.TryPeek(out LedgerRow? next) && next.Depth > map.Depth)
                inside.Add(rest.Dequeue());
            int items = AddUnderWay(inside, map.Depth + 1, most, shown);
            if (tellsRest)
                shown.Add(new LedgerRow(LeftOut, $"{items} more items; --all shows them", "", "", null, "") { Depth = map.Depth + 1 });
        }

        return shown;
    }

    /// <summary>Adds the first items under way with all that is in them.</summary>
    /// <returns>How many items were left out.</returns>
    private static int AddUnderWay(IEnumerable<LedgerRow> inside, int depth, int most, List<LedgerRow> shown)
    {
        (int added, int leftOut, bool isShown) = (0, 0, false);
        foreach (LedgerRow row in inside)
        {
            if (row.Depth == depth)
            {
                isShown = row.IsUnderWay && added < most;
                added += isShown ? 1 : 0;
                leftOut += isShown ? 0 : 1;
            }

            if (isShown)
                shown.Add(row);
        }

        return leftOut;
    }
}
