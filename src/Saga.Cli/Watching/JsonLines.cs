using Saga.Cli.Api;

namespace Saga.Cli.Watching;

/// <summary>One line of JSON for each change, for programs.</summary>
internal static class JsonLines
{
    public static async Task<Run> ShowAsync(IAsyncEnumerable<Sighting> sightings, TextWriter output)
    {
        Sighting? last = null;
        await foreach (Sighting sighting in sightings)
        {
            if (sighting.Answer.Json != last?.Answer.Json)
                await output.WriteLineAsync(Json.OnOneLine(sighting.Answer.Json));
            last = sighting;
        }

        return last!.Answer.Value;
    }
}
