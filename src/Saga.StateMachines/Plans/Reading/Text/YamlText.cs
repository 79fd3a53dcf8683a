using YamlDotNet.Core;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>Reads YAML 1.2 in its core schema (https://yaml.org/spec/1.2.2/, section 10.3) as JSON.</summary>
internal static class YamlText
{
    public static DocumentText Read(string text)
    {
        try
        {
            var events = new YamlEvents(text);
            return events.IsAtEnd
                ? DocumentText.Refused("invalid_yaml", "The text is empty. A plan is an object with `nodes`. Write one.", 1)
                : new YamlWriter(events).Write();
        }
        catch (TextRefusedException problem)
        {
            return DocumentText.Refused(problem.Code, problem.Message, problem.Line);
        }
        catch (YamlException problem)
        {
            return DocumentText.Refused("invalid_yaml", $"The text is no YAML: {problem.Message.TrimEnd('.')} (line {LineOf(problem, text)}, column {problem.Start.Column}). Correct it.", LineOf(problem, text));
        }
        catch (Exception problem)
        {
            // The parser is not ours, and text comes from anybody.
            return DocumentText.Refused("invalid_yaml", $"The text cannot be read as YAML. {problem.Message} Correct it.", 1);
        }
    }

    // What is not finished is missed at the end, which may be a line that is not there.
    private static int LineOf(YamlException problem, string text) => Math.Clamp((int)problem.Start.Line, 1, DocumentText.LineAt(text, text.Length));
}
