using Saga.Cli.Api;
using Saga.Cli.Views;

namespace Saga.Cli.Watching;

/// <summary>One sentence for each change, for pipes and logs, where nothing can be redrawn.</summary>
internal static class ChangeLines
{
    public static async Task<Run> ShowAsync(IAsyncEnumerable<Sighting> sightings, Surroundings surroundings)
    {
        Sighting? last = null;
        await foreach (Sighting sighting in sightings)
        {
            foreach (string line in Between(last?.Answer.Value, sighting.Answer.Value, surroundings.Time.GetUtcNow()))
                await surroundings.Out.WriteLineAsync(Printable.Of(line));
            if (sighting.Trouble is { } trouble && last?.Trouble is null)
                await surroundings.Error.WriteLineAsync($"note: {trouble.Title} Trying again.");
            last = sighting;
        }

        return last!.Answer.Value;
    }

    private static IEnumerable<string> Between(Run? before, Run after, DateTimeOffset now)
    {
        if (before is null)
            yield return $"run {after.Id}: {after.Status}";

        Dictionary<int, LedgerRow> known = before is null ? [] : LedgerRow.Of(before).ToDictionary(row => row.Index);
        // Of a large map, what its own line says about its items is enough.
        foreach (LedgerRow row in LargeMaps.WithoutItems(LedgerRow.Of(after)).Where(row => row.Node is not null && row.Status != "pending"))
        {
            if (!known.TryGetValue(row.Index, out LedgerRow? old) || old.Status != row.Status || old.Node?.Attempts != row.Node?.Attempts || old.Items != row.Items)
                yield return $"#{row.Index} {row.Name}: {Described(row, now)}";
        }

        if (before is not null && before.Status != after.Status)
            yield return $"run {after.Id}: {after.Status}{(after.Reason is { } reason ? $" ({reason})" : "")}";
    }

    private static string Described(LedgerRow row, DateTimeOffset now)
    {
        string attempt = row.Node is { Attempts: > 1 } node ? $", attempt {node.Attempts}" : "";
        string note = row.Note(now) is { Length: > 0 } told ? $" ({told})" : "";
        return row.Status + attempt + note;
    }
}
