using System.Text.Json;
using Saga.Cli.Api;
using Spectre.Console;

namespace Saga.Cli.Views;

/// <summary>What there is to know about a run besides its ledger.</summary>
internal static class RunFacts
{
    private const int LongestData = 400;
    private const int MostWaits = 10;

    public static Grid Of(Run run, DateTimeOffset now)
    {
        Grid facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        facts.AddRow(new Text("run"), new Text(Printable.Of(run.Id)));
        facts.AddRow(new Text("status"), StatusText.Of(run.Status));
        Add("kind", run.Kind is null ? null : $"{run.Kind} v{run.Version}");
        Add("key", run.CorrelationKey);
        Add("child of", run.Parent is { } parent ? $"node {parent.Node} of run {parent.RunId}" : null);
        Add("reason", run.Reason);
        Add("stopped by", run.StopRequestedBy);
        Add("because", run.StopNote);
        Add("error", Data(run.Error));
        Add("flags", string.Join(", ", Flags(run)));
        Add("created", run.CreatedAt is null ? null : $"{run.CreatedAt:u} ({Took.Ago(run.CreatedAt, now)})");
        Add("took", Took.Between(run.StartedAt, run.CompletedAt, now));
        foreach (Waiting waiting in run.WaitingOn.Take(MostWaits))
            Add("waits for", WaitText.Told(waiting, now));
        Add("waits for", run.WaitingOn.Count > MostWaits ? $"{run.WaitingOn.Count - MostWaits} more things" : null);
        Add("signals", KeptSignals(run, now));
        Add("input", Data(run.Input));
        Add("context", Data(run.Context));
        Add("output", Data(run.Output));
        Add("outputs", Data(run.Outputs));
        return facts;

        void Add(string name, string? value)
        {
            if (value is { Length: > 0 })
                facts.AddRow(new Text(name), new Text(Printable.Brief(value, LongestData)));
        }
    }

    /// <summary>What waits to be taken, by name: how many, and for how long.</summary>
    private static string KeptSignals(Run run, DateTimeOffset now) => run.Signals.Count == 0
        ? ""
        : (run.HasEnded ? "no node took: " : "kept until a node takes them: ") + string.Join(", ", run.Signals.GroupBy(signal => signal.Name)
            .Select(same => $"{same.Key} ({(same.Count() > 1 ? $"{same.Count()}, the first " : "")}{Took.Ago(same.First().ReceivedAt, now)})"));

    private static IEnumerable<string> Flags(Run run)
    {
        if (run.CancelRequested)
            yield return "cancel requested";
        if (run.Paused)
            yield return "paused";
    }

    private static string? Data(JsonElement? element) => element is { } value ? Json.OnOneLine(value) : null;
}
