using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Saga.StateMachines.Engine;

/// <summary>Blocks in ascending order of their starts. The stored form is <c>3:1:12:40:0</c> for each: owner, graph, start, count, first ordinal.</summary>
public static class BlockList
{
    private const int Numbers = 5;

    /// <summary>The text to store.</summary>
    public static string Format(ImmutableArray<Block> blocks)
    {
        if (blocks.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            text.Append(text.Length == 0 ? "" : " ").Append(block.Owner).Append(':').Append(block.Graph).Append(':')
                .Append(block.Start).Append(':').Append(block.Count).Append(':').Append(block.FirstOrdinal);
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Format"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no list of blocks.</exception>
    public static ImmutableArray<Block> Parse(string text)
    {
        if (text.Length == 0)
        {
            return [];
        }

        var blocks = ImmutableArray.CreateBuilder<Block>();
        foreach (var item in text.AsSpan().Split(' '))
        {
            blocks.Add(ParseOne(text.AsSpan()[item]));
        }

        return blocks.DrainToImmutable();
    }

    private static Block ParseOne(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[Numbers + 1];
        Span<int> numbers = stackalloc int[Numbers];
        var count = text.Split(parts, ':');
        for (var i = 0; i < Numbers; i++)
        {
            if (count != Numbers || !int.TryParse(text[parts[i]], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                throw new FormatException($"`{text}` is no block of nodes. One looks like `3:1:12:40:0`: owner, graph, start, count, first ordinal.");
            }
        }

        return new Block(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }
}
