using Saga.Cli.Api;
using Spectre.Console;

namespace Saga.Cli.Views;

/// <summary>Runs in a list.</summary>
internal static class RunTable
{
    public static Table Of(IEnumerable<RunSummary> runs, DateTimeOffset now)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("run", "status", "follows", "created", "took", "reason");
        table.Columns[0].NoWrap();
        table.Columns[1].NoWrap();
        table.Columns[3].RightAligned().NoWrap();
        table.Columns[4].RightAligned().NoWrap();

        foreach (RunSummary run in runs)
        {
            table.AddRow(
                new Text(Printable.Of(run.Id)),
                StatusText.Of(run.Status),
                new Text(Printable.Brief(Followed(run), 60)),
                new Text(Took.Ago(run.CreatedAt, now)),
                new Text(Took.Between(run.StartedAt, run.CompletedAt, now)),
                new Text(Printable.Brief(run.Reason ?? (run.CancelRequested ? "cancel requested" : ""), 60)));
        }

        return table;
    }

    private static string Followed(RunSummary run)
    {
        string plan = run.Kind is { } kind ? $"{kind} v{run.Version}" : run.PlanName ?? string.Join(" → ", run.Steps);
        return run.CorrelationKey is { } key ? $"{plan} ({key})" : plan;
    }
}
