using System.Collections.Concurrent;

namespace Saga.Integration.Tests.Deployments;

/// <summary>
/// What steps did in the world, which outlives every process of the product: each command that was obeyed, with the key by which the world would know a
/// repeat.
/// </summary>
public sealed class RecordedEffects
{
    private readonly ConcurrentDictionary<(Guid Run, string Node, bool Compensates), ConcurrentQueue<string>> _keys = new();

    public void Record(Guid run, string node, bool compensates, string idempotencyKey) =>
        _keys.GetOrAdd((run, node, compensates), _ => new ConcurrentQueue<string>()).Enqueue(idempotencyKey);

    /// <summary>How many commands there were beyond one for each effect.</summary>
    public int Repeats => _keys.Values.Sum(keys => keys.Count - 1);

    /// <summary>Effects that came with more than one key, so that the world took a repeat for something new.</summary>
    public IReadOnlyList<string> WithSeveralKeys =>
        [.. _keys.Where(effect => effect.Value.Distinct(StringComparer.Ordinal).Count() > 1).Select(effect => $"{effect.Key}: {string.Join(", ", effect.Value)}")];

    /// <summary>One line about a run: the nodes that were executed and those that were compensated, in the order of their names.</summary>
    public string Of(Guid run) => $"executed [{Nodes(run, compensated: false)}], compensated [{Nodes(run, compensated: true)}]";

    private string Nodes(Guid run, bool compensated) => string.Join(
        ", ",
        _keys.Keys.Where(effect => effect.Run == run && effect.Compensates == compensated).Select(effect => effect.Node).Order(StringComparer.Ordinal));
}
