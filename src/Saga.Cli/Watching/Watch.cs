using Saga.Cli.Api;

namespace Saga.Cli.Watching;

/// <summary>Stays with a run until it is over, in the way that suits who reads the output.</summary>
internal static class Watch
{
    /// <summary>Shows the run until it is over.</summary>
    /// <returns>The exit code: 0 when the run ended in <paramref name="wanted"/>.</returns>
    public static async Task<int> ToTheEndAsync(
        ClientSession session,
        Answer<Run> first,
        string wanted,
        CancellationToken cancellation,
        Func<string, bool>? isOver = null)
    {
        Surroundings surroundings = session.Surroundings;
        var watcher = new RunWatcher(session.Api, surroundings.Time, surroundings.PollEvery);
        try
        {
            Run last = await DisplayFor(session)(watcher.FollowAsync(first, isOver ?? RunStatus.IsEnd, cancellation));
            if (last.Status == RunStatus.Stuck && !session.Json)
                await surroundings.Error.WriteLineAsync($"The run is stuck: a compensation failed for good. See it: {surroundings.Saga} show {last.Id}");
            return RunStatus.ExitCodeOf(last.Status, wanted);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            if (!session.Json)
                await surroundings.Error.WriteLineAsync($"\nStopped watching; the run goes on. Look again: {surroundings.Saga} watch {first.Value.Id}");
            return ExitCode.Interrupted;
        }
    }

    private static RunDisplay DisplayFor(ClientSession session) => session switch
    {
        { Json: true } => sightings => JsonLines.ShowAsync(sightings, session.Surroundings.Out),
        { Surroundings.IsTerminal: true } => sightings => LiveLedger.ShowAsync(sightings, session.Console, session.Surroundings.Time),
        _ => sightings => ChangeLines.ShowAsync(sightings, session.Surroundings),
    };
}
