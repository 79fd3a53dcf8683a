using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>Reads YAML 1.2 in its core schema (https://yaml.org/spec/1.2.2/, section 10.3) as JSON.</summary>
internal static class YamlText
{
    public static DocumentText Read(string text)
    {
        List<ParsingEvent> events;
        try
        {
            events = EventsOf(text);
        }
        catch (YamlException problem)
        {
            return DocumentText.Refused("invalid_yaml", $"The text is no YAML. {problem.Message} Correct it.", LineOf(problem, text));
        }
        catch (Exception problem)
        {
            // The parser is not ours, and text comes from anybody.
            return DocumentText.Refused("invalid_yaml", $"The text cannot be read as YAML. {problem.Message} Correct it.", null);
        }

        if (events.Count == 0)
            return DocumentText.Refused("invalid_yaml", "The text is empty. A plan is an object with `nodes`. Write one.", 1);

        var writer = new YamlWriter(events);
        var json = writer.ToJson();
        return new DocumentText(json, [.. writer.Errors], writer.Lines);
    }

    // What is not finished is missed at the end, which may be a line that is not there.
    private static int LineOf(YamlException problem, string text) => Math.Clamp((int)problem.Start.Line, 1, text.AsSpan().Count('\n') + 1);

    /// <summary>The events of the only document of the text, without those around it.</summary>
    private static List<ParsingEvent> EventsOf(string text)
    {
        var parser = new Parser(new StringReader(text));
        var events = new List<ParsingEvent>();
        var depth = 0;
        var documents = 0;
        while (parser.MoveNext())
        {
            var current = parser.Current!;
            if (current is DocumentStart && ++documents > 1)
                throw new YamlException(current.Start, current.End, "A second document begins here. A plan is one document.");
            if (current is StreamStart or StreamEnd or DocumentStart or DocumentEnd or Comment)
                continue;

            depth += current.NestingIncrease;
            if (depth > DocumentText.MaxDepth)
                throw new YamlException(current.Start, current.End, $"This is nested more than {DocumentText.MaxDepth} deep.");
            events.Add(current);
        }

        return events;
    }
}
