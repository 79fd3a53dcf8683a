using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Saga.StateMachines.Engine;

/// <summary>The stored form of node states: a letter and a count for each run of equal states. A chain never needs more than a few.</summary>
internal static class NodeStatesText
{
    /// <summary>Far more than any plan has: it keeps a damaged row from allocating all memory.</summary>
    private const int MaxNodes = 1_000_000;

    /// <summary>One letter for each <see cref="NodeStatus"/>. Rows in the database hold them, so a letter never changes its meaning.</summary>
    private const string Letters = "prcfwbxsitnyoku";

    public static string Format(ReadOnlySpan<byte> statuses)
    {
        var text = new StringBuilder();
        while (!statuses.IsEmpty)
        {
            var end = statuses.IndexOfAnyExcept(statuses[0]);
            var length = end < 0 ? statuses.Length : end;
            text.Append(Letters[statuses[0]]).Append(length);
            statuses = statuses[length..];
        }

        return text.ToString();
    }

    public static byte[] Parse(string text)
    {
        var statuses = new List<byte>();
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var status = Letters.IndexOf(rest[0], StringComparison.Ordinal);
            if (status < 0)
            {
                throw Refused(text, text.Length - rest.Length, $"`{rest[0]}` stands for no node status; only the letters {Letters} do");
            }

            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            var count = digits < 0 ? rest[1..] : rest.Slice(1, digits);
            if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length < 1
                || length > MaxNodes - statuses.Count)
            {
                throw Refused(text, text.Length - rest.Length + 1, $"the letter must be followed by a count from 1, and all counts together be at most {MaxNodes}");
            }

            CollectionsMarshal.SetCount(statuses, statuses.Count + length);
            CollectionsMarshal.AsSpan(statuses)[^length..].Fill((byte)status);
            rest = rest[(1 + count.Length)..];
        }

        return [.. statuses];
    }

    private static FormatException Refused(string text, int position, string rule) =>
        new($"`{text}` is no list of node states: at position {position} {rule}.");
}
