namespace Saga.Cli.Views;

/// <summary>Where a node stands, told by its name: <c>subnets[3]/create</c> is in <c>subnets[3]</c>, and that in <c>subnets</c>.</summary>
internal static class NodeTree
{
    /// <summary>The name of what a node stands in, or null.</summary>
    public static string? ContainerOf(string name) => name.LastIndexOfAny(['/', '[']) is > 0 and var end ? name[..end] : null;

    /// <summary>Whether it is an item of a map or an iteration of a loop.</summary>
    public static bool IsItem(string name) => name.EndsWith(']');

    /// <summary>The rows with everything that stands in a node right behind it, and how deep each stands.</summary>
    public static IReadOnlyList<LedgerRow> Order(IReadOnlyList<LedgerRow> rows)
    {
        HashSet<string> names = [.. rows.Select(row => row.Name)];
        ILookup<string, LedgerRow> inside = rows.ToLookup(row => Present(ContainerOf(row.Name)) ?? "");
        var ordered = new List<LedgerRow>(rows.Count);
        Add("", 0);
        return ordered;

        void Add(string container, int depth)
        {
            foreach (LedgerRow row in inside[container].OrderBy(row => row.Index))
            {
                ordered.Add(row with { Depth = depth, Container = container });
                if (row.Name.Length > 0)
                    Add(row.Name, depth + 1);
            }
        }

        // What a run does not tell of cannot be drawn around its nodes.
        string? Present(string? container) => container is null || names.Contains(container) ? container : Present(ContainerOf(container));
    }
}
