using System.Text.Json;
using Saga.Cli.Api;
using Saga.Cli.Views;
using Saga.Cli.Watching;
using Spectre.Console;

namespace Saga.Cli.Demo;

/// <summary>Plays the scenes of the demonstration and makes sure that what it shows is what was promised.</summary>
internal sealed class DemoStage(Surroundings surroundings, ApiClient api)
{
    private static readonly TimeSpan LongestScene = TimeSpan.FromSeconds(30);

    private readonly IAnsiConsole _console = Terminal.On(surroundings);

    public ApiClient Api => api;

    // Not on the console, which would break a line of JSON in the middle of a text.
    public void Say(string text) => surroundings.Out.WriteLine(Printable.Of(text));

    public void Announce(string headline)
    {
        _console.WriteLine();
        _console.Write(new Text(headline + "\n", new Style(decoration: surroundings.IsTerminal ? Decoration.Bold : Decoration.None)));
    }

    public Task<Answer<Run>> StartAsync(IReadOnlyList<string> steps, string input, CancellationToken cancellation) =>
        api.StartAsync(new StartRequest { Steps = steps, Input = JsonSerializer.Deserialize<JsonElement>(input) }, cancellation);

    /// <summary>Shows a run until it is over. <paramref name="act"/> sees every answer and may step in.</summary>
    public async Task<Run> PlayAsync(
        Answer<Run> first,
        string promised,
        CancellationToken cancellation,
        Func<Run, CancellationToken, Task>? act = null,
        Func<string, bool>? isOver = null)
    {
        using var tooLong = new CancellationTokenSource(LongestScene, surroundings.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tooLong.Token);
        try
        {
            var watcher = new RunWatcher(api, surroundings.Time, surroundings.PollEvery);
            IAsyncEnumerable<Sighting> sightings = watcher.FollowAsync(first, isOver ?? RunStatus.IsEnd, either.Token);
            Run last = await ShowAsync(act is null ? sightings : sightings.Select(ActAsync));
            return last.Status == promised ? last : throw Broken(last.Id, $"ended {last.Status}, not {promised}");

            async ValueTask<Sighting> ActAsync(Sighting sighting, CancellationToken _)
            {
                await act(sighting.Answer.Value, either.Token);
                return sighting;
            }
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw Broken(first.Value.Id, $"did not end within {LongestScene.TotalSeconds:0} s");
        }
    }

    public static CommandFailedException Broken(string id, string what) =>
        new(new Problem { Title = $"The demo did not go as it should: run {id} {what}.", Detail = "Please report this with the output above." });

    private async Task<Run> ShowAsync(IAsyncEnumerable<Sighting> sightings)
    {
        if (surroundings.IsTerminal)
            return await LiveLedger.ShowAsync(sightings, _console, surroundings.Time);

        // Where nothing can be redrawn, the ledger at the end tells the story in the fewest lines.
        Sighting last = await sightings.LastAsync();
        _console.Write(RunHeading.Of(last.Answer.Value, surroundings.Time.GetUtcNow()));
        _console.Write(LedgerTable.Of(last.Answer.Value, surroundings.Time.GetUtcNow(), _console.Profile.Width));
        return last.Answer.Value;
    }
}
