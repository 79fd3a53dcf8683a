using System.Text.Json;
using Saga.Cli.Api;

namespace Saga.Cli;

/// <summary>Remembers which run was started last on each server; a run id of <c>-</c> means that one.</summary>
internal sealed class LastRun(Surroundings surroundings)
{
    public const string Shorthand = "-";

    private string File => Path.Combine(Folder, "last-run");

    private string Folder =>
        surroundings.Variable("SAGA_STATE")
        ?? Path.Combine(surroundings.Variable("XDG_STATE_HOME") ?? Path.Combine(surroundings.Variable("HOME") ?? ".", ".local", "state"), "saga");

    public string? On(Uri server) => Read().GetValueOrDefault(server.AbsoluteUri);

    /// <summary>Remembers <paramref name="id"/>. That it could not is worth a note, but the run has been started all the same.</summary>
    public async Task RememberAsync(Uri server, string id, CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            Dictionary<string, string> all = Read();
            all[server.AbsoluteUri] = id;

            // Written beside and moved over, so that a command in another terminal never reads half a file.
            string draft = $"{File}.{Environment.ProcessId}";
            await System.IO.File.WriteAllTextAsync(draft, JsonSerializer.Serialize(all, Json.Compact) + "\n", cancellation);
            System.IO.File.Move(draft, File, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await surroundings.Error.WriteLineAsync($"note: `-` will not mean this run: {failure.Message}");
        }
    }

    private Dictionary<string, string> Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(System.IO.File.ReadAllText(File)) ?? [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }
}
