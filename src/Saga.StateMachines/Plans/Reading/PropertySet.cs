using System.Collections;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>The properties an object may have.</summary>
internal sealed class PropertySet(params ImmutableArray<string> names) : IReadOnlyCollection<string>
{
    private readonly FrozenDictionary<string, int> _positions = names.Index().ToFrozenDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);

    public int Count => names.Length;

    public int IndexOf(string name) => _positions.GetValueOrDefault(name, -1);

    public IEnumerator<string> GetEnumerator() => names.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
