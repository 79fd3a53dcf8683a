using System.Collections.Concurrent;

namespace Saga.Integration.Tests.Deployments;

/// <summary>
/// What steps did in the world, which outlives every process of the product. Like an API outside of it, the world knows a request by its idempotency key
/// alone: the first one with a key has its effect, and every later one with that key is taken for a repeat and has none, whatever it asks for.
/// </summary>
public sealed class RecordedEffects
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Request>> _requests = new(StringComparer.Ordinal);

    public void Record(Guid run, string node, bool compensates, string idempotencyKey) =>
        _requests.GetOrAdd(idempotencyKey, _ => new ConcurrentQueue<Request>()).Enqueue(new Request(run, node, compensates));

    /// <summary>How many requests there were beyond one for each key.</summary>
    public int Repeats => _requests.Values.Sum(requests => requests.Count - 1);

    /// <summary>What no sender may do with keys: ask for the same under several, so that it is done more than once, or for several things under one.</summary>
    public IReadOnlyList<string> Misuses => [.. DoneUnderSeveralKeys(), .. KeysOfSeveralRequests()];

    /// <summary>One line about a run: the nodes that were executed and those that were compensated, in the order of their names.</summary>
    public string Of(Guid run) => $"executed [{Nodes(run, compensated: false)}], compensated [{Nodes(run, compensated: true)}]";

    private IEnumerable<string> DoneUnderSeveralKeys() => _requests
        .GroupBy(requests => EffectOf(requests.Value), requests => requests.Key)
        .Where(keys => keys.Count() > 1)
        .Select(keys => $"{keys.Key} was done under {string.Join(", ", keys.Order(StringComparer.Ordinal))}");

    private IEnumerable<string> KeysOfSeveralRequests() => _requests
        .Where(requests => requests.Value.Distinct().Count() > 1)
        .Select(requests => $"{requests.Key} came with {string.Join(", ", requests.Value.Distinct())}");

    private string Nodes(Guid run, bool compensated) => string.Join(
        ", ",
        _requests.Values.Select(EffectOf).Where(effect => effect.Run == run && effect.Compensates == compensated).Select(effect => effect.Node)
            .Order(StringComparer.Ordinal));

    private static Request EffectOf(ConcurrentQueue<Request> requests) => requests.First();

    private sealed record Request(Guid Run, string Node, bool Compensates);
}
