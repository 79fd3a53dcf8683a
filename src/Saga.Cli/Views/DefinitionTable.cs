using Saga.Cli.Api;
using Spectre.Console;

namespace Saga.Cli.Views;

/// <summary>The definitions that a start can name.</summary>
internal static class DefinitionTable
{
    // As much of a hash as tells two plans apart.
    private const int ShownHash = 12;

    public static Table Of(IEnumerable<Definition> definitions, DateTimeOffset now)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("kind", "version", "registered", "plan");
        table.Columns[1].RightAligned();
        foreach (Definition definition in definitions)
        {
            table.AddRow(
                new Text(Printable.Of(definition.Kind)),
                new Text($"{definition.Version}"),
                new Text(Took.Ago(definition.CreatedAt, now)),
                new Text(definition.PlanHash is { Length: > ShownHash } hash ? hash[..ShownHash] : definition.PlanHash ?? ""));
        }

        return table;
    }
}
