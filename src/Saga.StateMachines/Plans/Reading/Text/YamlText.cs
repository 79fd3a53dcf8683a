using YamlDotNet.Core;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>Reads YAML 1.2 in its core schema (https://yaml.org/spec/1.2.2/, section 10.3) as JSON.</summary>
internal static class YamlText
{
    public static DocumentText Read(string text)
    {
        var events = new YamlEvents(text);
        try
        {
            return events.Begin()
                ? new YamlWriter(events).Write()
                : DocumentText.Refused("invalid_yaml", "The text is empty. A plan is an object with `nodes`. Write one.", 1);
        }
        catch (TextRefusedException problem)
        {
            return DocumentText.Refused(problem.Code, problem.Message, LineIn(text, problem.Line));
        }
        catch (YamlException problem)
        {
            return DocumentText.Refused("invalid_yaml", $"The text is no YAML: {problem.Message.TrimEnd('.')} (line {LineIn(text, (int)problem.Start.Line)}, column {problem.Start.Column}). Correct it.", LineIn(text, (int)problem.Start.Line));
        }
        catch (Exception)
        {
            // The parser is not ours, text comes from anybody, and what the parser says of its own state helps nobody.
            return DocumentText.Refused("invalid_yaml", "The text is no YAML: what begins in this line has no end, or something stands in it where it must not. Check its quotes, brackets and indentation.", LineIn(text, events.Line));
        }
    }

    // What is not finished is missed at the end, which may be a line that is not there.
    private static int LineIn(string text, int line) => Math.Clamp(line, 1, DocumentText.LineAt(text, text.Length));
}
