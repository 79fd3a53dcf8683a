using System.Collections.Concurrent;

namespace Saga.Worker.Messaging.Envelopes;

/// <summary>What is the same in message after message, found by the bytes it is written in: it is parsed when it comes for the first time.</summary>
internal sealed class RepeatedParts<T>(RepeatedParts<T>.Parser parse)
    where T : class
{
    // Whoever sends something new each time gets no more memory than this.
    private const int Most = 1000;
    private const int Longest = 1024;

    private readonly ConcurrentDictionary<byte[], T> _known = new(new ByBytes());

    /// <summary>Null if it is nothing of the kind.</summary>
    public delegate T? Parser(ReadOnlySpan<byte> json);

    public T? Of(ReadOnlySpan<byte> json)
    {
        var known = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (known.TryGetValue(json, out var value))
            return value;

        var parsed = parse(json);
        if (parsed is not null && json.Length <= Longest)
        {
            if (_known.Count >= Most)
                _known.Clear();
            known.TryAdd(json, parsed);
        }

        return parsed;
    }

    private sealed class ByBytes : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
