using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>Reads text with references in it, such as <c>vpc-${input/region}</c>; <c>$${</c> stands for <c>${</c>.</summary>
internal static class InterpolationReader
{
    public static DraftPart Read(string text, Place place, PlanDraft draft, ReferenceReader references)
    {
        var parts = ImmutableArray.CreateBuilder<DraftPart>();
        var literal = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var next = text.IndexOf("${", at, StringComparison.Ordinal);
            if (next < 0)
            {
                literal.Append(text, at, text.Length - at);
                break;
            }

            literal.Append(text, at, next - at);
            if (next > at && text[next - 1] == '$')
            {
                // The first of the two dollar signs only says that the second is meant.
                literal.Append('{');
                at = next + 2;
                continue;
            }

            var end = text.IndexOf('}', next);
            if (end < 0 || end == next + 2)
            {
                var fact = end < 0 ? $"`${{` at character {next + 1} is never closed" : $"`${{}}` at character {next + 1} names nothing";
                draft.Findings.Error(place, "invalid_interpolation", $"In the text {Shown.Text(text)}, {fact}. It is `${{node/path}}`. Complete it, or write `$${{` for the characters themselves.");
                return DraftPart.None;
            }

            Flush(literal, parts);
            parts.Add(references.ReadText(text[(next + 2)..end], place, fallback: null));
            at = end + 1;
        }

        if (parts.Count == 0)
            return DraftPart.OfMarked(JsonSerializer.SerializeToElement(literal.ToString()));
        Flush(literal, parts);
        var all = parts.ToImmutable();
        return DraftPart.Of(() => new Template.Interpolation([.. all.Select(part => part.Make())]));
    }

    private static void Flush(StringBuilder literal, ImmutableArray<DraftPart>.Builder parts)
    {
        if (literal.Length > 0)
            parts.Add(DraftPart.Of(JsonSerializer.SerializeToElement(literal.ToString())));
        literal.Clear();
    }
}
