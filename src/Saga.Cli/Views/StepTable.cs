using Saga.Cli.Api;
using Spectre.Console;

namespace Saga.Cli.Views;

/// <summary>The steps that a plan can name.</summary>
internal static class StepTable
{
    public static Table Of(IEnumerable<KnownStep> steps, DateTimeOffset now)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("step", "compensates", "last announced");
        foreach (KnownStep step in steps)
        {
            table.AddRow(
                new Text(Printable.Of(step.Name)),
                new Text(step.Compensates ? "yes" : "no"),
                new Text(Took.Ago(step.LastAnnouncedAt, now)));
        }

        return table;
    }
}
