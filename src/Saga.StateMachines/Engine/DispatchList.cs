using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Saga.StateMachines.Engine;

/// <summary>
/// Dispatches in ascending order of their ids. The stored form is <c>x12:1:34 c7:1:35</c>: a letter for the kind, node, attempt, id.
/// </summary>
public static class DispatchList
{
    /// <summary>One letter for each <see cref="DispatchKind"/>. Rows in the database hold them, so a letter never changes its meaning.</summary>
    private const string Letters = "xcrqwhb";

    /// <summary>The text to store.</summary>
    public static string Format(ImmutableArray<Dispatch> dispatches)
    {
        var text = new StringBuilder();
        foreach (var dispatch in dispatches)
        {
            text.Append(text.Length == 0 ? "" : " ")
                .Append(Letters[(int)dispatch.Kind])
                .Append(dispatch.Node).Append(':').Append(dispatch.Attempt).Append(':').Append(dispatch.DispatchId);
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Format"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no list of dispatches.</exception>
    public static ImmutableArray<Dispatch> Parse(string text)
    {
        var dispatches = ImmutableArray.CreateBuilder<Dispatch>();
        foreach (var item in text.AsSpan().Split(' '))
        {
            if (text.Length == 0)
            {
                break;
            }

            var dispatch = ParseOne(text.AsSpan()[item]);
            if (dispatches.Count > 0 && dispatch.DispatchId <= dispatches[^1].DispatchId)
            {
                throw new FormatException($"Dispatch {dispatch.DispatchId} stands behind {dispatches[^1].DispatchId}. Their ids must ascend.");
            }

            dispatches.Add(dispatch);
        }

        return dispatches.DrainToImmutable();
    }

    /// <summary>Where the dispatch of that id stands, or -1.</summary>
    internal static int PositionOf(ImmutableArray<Dispatch> dispatches, long dispatchId)
    {
        var (low, high) = (0, dispatches.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            switch (dispatches[middle].DispatchId.CompareTo(dispatchId))
            {
                case 0:
                    return middle;
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        return -1;
    }

    private static Dispatch ParseOne(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[4];
        return text.Length > 1
            && Letters.IndexOf(text[0], StringComparison.Ordinal) is >= 0 and var kind
            && text[1..].Split(parts, ':') == 3
            && TryParseNumber(text[1..][parts[0]], from: 0, out var node) && node <= int.MaxValue
            && TryParseNumber(text[1..][parts[1]], from: 1, out var attempt) && attempt <= int.MaxValue
            && TryParseNumber(text[1..][parts[2]], from: 1, out var dispatchId)
                ? new Dispatch((int)node, (int)attempt, dispatchId, (DispatchKind)kind)
                : throw new FormatException($"`{text}` is no dispatch. One looks like `x12:1:34`: one of the letters {Letters}, the node, the attempt from 1, the id from 1.");
    }

    private static bool TryParseNumber(ReadOnlySpan<char> text, long from, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= from;
}
