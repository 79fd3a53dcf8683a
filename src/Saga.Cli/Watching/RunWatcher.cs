using System.Net;
using System.Runtime.CompilerServices;
using Saga.Cli.Api;

namespace Saga.Cli.Watching;

/// <summary>Asks for a run again and again until it is over.</summary>
internal sealed class RunWatcher(ApiClient api, TimeProvider time, TimeSpan pollEvery)
{
    // Long enough for a server to be restarted, or for a run just accepted to be stored.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async IAsyncEnumerable<Sighting> FollowAsync(
        Answer<Run> first,
        Func<string, bool> isOver,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var current = new Sighting(first, null);
        long lastAnswered = time.GetTimestamp();
        yield return current;

        while (!isOver(current.Answer.Value.Status))
        {
            await Task.Delay(pollEvery, time, cancellation);
            try
            {
                current = new Sighting(await api.GetRunAsync(first.Value.Id, cancellation), null);
                lastAnswered = time.GetTimestamp();
            }
            catch (CommandFailedException failure) when (MayPass(failure.Problem) && time.GetElapsedTime(lastAnswered) < Patience)
            {
                current = current with { Trouble = failure.Problem };
            }

            yield return current;
        }
    }

    private static bool MayPass(Problem problem) =>
        problem.Unreachable || problem.Status is (int)HttpStatusCode.NotFound or >= (int)HttpStatusCode.InternalServerError;
}
