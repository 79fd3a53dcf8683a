using Saga.Cli.Api;

namespace Saga.Cli.Views;

/// <summary>A node of the plan together with its line of the ledger, if it was begun, and what it waits for.</summary>
internal sealed record LedgerRow(int Index, string Name, string Kind, string Step, LedgerNode? Node, string Status)
{
    /// <summary>What a node is called that was still to come when the run ended.</summary>
    public const string NotBegun = "not begun";

    public Waiting? Wait { get; init; }

    /// <summary>The name of what it stands in, and that has a row of its own; empty when it stands in none.</summary>
    public string Container { get; init; } = "";

    /// <summary>In how many others it stands.</summary>
    public int Depth { get; init; }

    /// <summary>How the items of a map or the iterations of a loop stand; empty for other nodes.</summary>
    public string Items { get; init; } = "";

    /// <summary>What it is: <c>step echo</c>, <c>map</c>.</summary>
    public string Does => Step.Length > 0 ? $"{Kind} {Step}" : Kind;

    /// <summary>Something happens in it, or somebody should know what happened.</summary>
    public bool IsUnderWay => Status is not ("pending" or "completed" or "skipped" or "compensated" or NotBegun);

    /// <summary>It never happened.</summary>
    public bool IsFaint => Status is "skipped" or NotBegun;

    public static IReadOnlyList<LedgerRow> Of(Run run)
    {
        Dictionary<int, LedgerNode> begun = run.Nodes.GroupBy(node => node.Index).ToDictionary(same => same.Key, same => same.Last());
        ILookup<string?, Waiting> waits = run.WaitingOn.ToLookup(wait => wait.Node);
        string toCome = run.HasEnded ? NotBegun : "pending";

        IEnumerable<LedgerRow> planned = run.Plan.Select(node => Row(node.Index, node.Name, node.Kind, node.Step, begun.GetValueOrDefault(node.Index)));
        // What a run adds while it goes, such as the items of a map, is in the ledger only.
        IEnumerable<LedgerRow> added = begun.Values
            .ExceptBy(run.Plan.Select(node => node.Index), node => node.Index)
            .Select(line => Row(line.Index, line.Name, line.Kind, line.Step, line));
        return NodeTree.Order(ItemCounts.Added([.. planned, .. added]));

        LedgerRow Row(int index, string? name, string? kind, string? step, LedgerNode? line) =>
            new(index, name ?? step ?? "", kind ?? "step", step ?? "", line, StatusOf(line))
            {
                Wait = waits[name].FirstOrDefault(),
            };

        // An item whose turn has not come has a line already.
        string StatusOf(LedgerNode? line) => line is null or { Status: "pending" } ? toCome : line.Status;
    }

    /// <summary>Why it failed, how it was compensated, how its items stand, and what it waits for.</summary>
    public string Note(DateTimeOffset now) => string.Join(
        "; ",
        new[] { Items, Fault.Of(Node?.Error), Compensated(Node?.Compensation), WaitText.Of(Wait, now) }.Where(part => part.Length > 0));

    private static string Compensated(Compensation? compensation) => compensation switch
    {
        { How: "done", Attempts: > 1 } => $"compensated on attempt {compensation.Attempts}",
        null or { How: null or "done" } => "",
        { How: "nothing_to_do" } => "nothing to compensate",
        { How: "failed" } => $"compensation failed after {compensation.Attempts} attempts: {Fault.Of(compensation.Error)}",
        _ => $"compensation: {compensation.How}",
    };
}
