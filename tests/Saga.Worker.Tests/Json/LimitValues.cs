using FsCheck;
using FsCheck.Fluent;

namespace Saga.Worker.Tests.Json;

/// <summary>A value in JSON, and whether a run may be handed it.</summary>
/// <param name="Json">The text.</param>
/// <param name="IsGood">Whether it keeps to the rule: said by how it was made, not by the code that is tested.</param>
/// <param name="HasRepeats">Whether an object has a name twice, which requests refuse and messages take.</param>
public sealed record LimitValue(string Json, bool IsGood, bool HasRepeats);

/// <summary>Random JSON at and around the limits: of depth, of text, of what numbers and names may be.</summary>
public static class LimitValues
{
    private static readonly string[] _goodLeaves =
    [
        "null", "true", "0", "-0", "-0.0E-7", "1e400", "123456789012345678901234567890.5", "9007199254740993", "\"\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "\"\\\\ud800\"",
        "\"\\uFFFF\\uD7FF\\uE000\"", "\"é😀\"", "\"\\\"<>&'\\/\\b\\f\\n\\r\\t\"", "[]", "{}", "\"$ref\"", "\"[[[[{{{{\"",
    ];

    private static readonly string[] _badLeaves = ["\"\\ud800\"", "\"\\uDFFF\"", "\"\\ude00\\ud83d\"", "\"a\\uD83D \\uDE00\"", "{\"\\ud83d\":1}", "\"\\\\\\ud800\""];

    private static readonly string[] _names = ["a", "", "é", "\\ud83d\\ude00", "a/b~c", "\\u0000", "__proto__", "\\\"", "x.y"];

    /// <summary>Values of which the deepest good ones have <paramref name="maxDepth"/> arrays and objects inside each other.</summary>
    public static IReadOnlyList<LimitValue> Sample(int count, int maxDepth) => [.. Of(maxDepth).Sample(count)];

    private static Gen<LimitValue> Of(int maxDepth) =>
        from depth in Gen.Frequency((1, Gen.Choose(0, 5)), (3, Gen.Choose(maxDepth - 2, maxDepth + 2)), (1, Gen.Choose(maxDepth + 1, 300)))
        from isBad in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from leaf in Gen.Elements(isBad ? _badLeaves : _goodLeaves)
        from names in Gen.Elements(_names).ListOf(depth)
        from kinds in Gen.Choose(0, 3).ListOf(depth)
        from repeats in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select Make(leaf, isBad, [.. names], [.. kinds], repeats, maxDepth);

    private static LimitValue Make(string leaf, bool isBad, string[] names, int[] kinds, bool repeats, int maxDepth)
    {
        var json = repeats ? $$"""{"twice":1,"twice":{{leaf}} }""" : leaf;
        var depth = (leaf is "[]" || leaf[0] is '{' ? 1 : 0) + (repeats ? 1 : 0);
        for (var i = 0; i < names.Length; i++)
        {
            depth = kinds[i] == 3 ? Math.Max(depth, 1) + 1 : depth + 1;
            json = kinds[i] switch
            {
                0 => $"[{json}]",
                1 => $"[1,{json},\"side\"]",
                2 => $"{{\"{names[i]}\":{json}}}",
                _ => $"{{\"{names[i]}\":{json}, \"side\" : [ ]}}",
            };
        }

        return new LimitValue(json, !isBad && depth <= maxDepth, repeats);
    }
}
