using Saga.Cli.Api;

namespace Saga.Cli.Views;

/// <summary>A node of the plan together with its line of the ledger, if it was begun.</summary>
internal sealed record LedgerRow(int Index, string Name, string Step, LedgerNode? Node, string Status)
{
    /// <summary>What a node is called that was still to come when the run ended.</summary>
    public const string NotBegun = "not begun";

    /// <summary>Why it failed and how it was compensated.</summary>
    public string Note => string.Join("; ", new[] { Fault.Of(Node?.Error), Compensated(Node?.Compensation) }.Where(part => part.Length > 0));

    public static IReadOnlyList<LedgerRow> Of(Run run)
    {
        Dictionary<int, LedgerNode> begun = run.Nodes.GroupBy(node => node.Index).ToDictionary(same => same.Key, same => same.Last());
        string toCome = run.HasEnded ? NotBegun : "pending";

        IEnumerable<LedgerRow> planned = run.Plan.Select(node =>
        {
            LedgerNode? line = begun.GetValueOrDefault(node.Index);
            return new LedgerRow(node.Index, node.Name ?? node.Step ?? "", node.Step ?? "", line, line?.Status ?? toCome);
        });
        // What a run adds while it goes, such as the items of a map, is in the ledger only.
        IEnumerable<LedgerRow> added = begun.Values
            .ExceptBy(run.Plan.Select(node => node.Index), node => node.Index)
            .Select(line => new LedgerRow(line.Index, line.Name ?? line.Step ?? "", line.Step ?? "", line, line.Status));
        return [.. planned.Concat(added).OrderBy(row => row.Index)];
    }

    private static string Compensated(Compensation? compensation) => compensation switch
    {
        { How: "done", Attempts: > 1 } => $"compensated on attempt {compensation.Attempts}",
        null or { How: null or "done" } => "",
        { How: "nothing_to_do" } => "nothing to compensate",
        { How: "failed" } => $"compensation failed after {compensation.Attempts} attempts: {Fault.Of(compensation.Error)}",
        _ => $"compensation: {compensation.How}",
    };
}
