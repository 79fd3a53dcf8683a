using System.Text;

namespace Saga.StateMachines.Pictures;

/// <summary>Text in the syntax of DOT.</summary>
internal sealed class Dot
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Open(string head)
    {
        Line(head + " {");
        _depth++;
    }

    public void Close()
    {
        _depth--;
        Line("}");
    }

    public void Line(string line) => _text.Append(' ', 2 * _depth).Append(line).Append('\n');

    public override string ToString() => _text.ToString();

    /// <summary>A quoted string of lines. A backslash begins an escape in labels, so it is doubled like a quote is escaped.</summary>
    public static string Quoted(params IEnumerable<string?> lines)
    {
        var text = new StringBuilder("\"");
        foreach (var line in lines.Where(line => !string.IsNullOrEmpty(line)))
        {
            if (text.Length > 1)
                text.Append("\\n");
            foreach (var c in line!)
                text.Append(c is '"' or '\\' ? $"\\{c}" : char.IsControl(c) ? " " : c.ToString());
        }

        return text.Append('"').ToString();
    }
}
