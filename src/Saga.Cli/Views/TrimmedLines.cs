using System.Text;

namespace Saga.Cli.Views;

/// <summary>Writes text without the spaces at the ends of its lines, with which tables are padded.</summary>
internal sealed class TrimmedLines(TextWriter output) : TextWriter
{
    private int _spaces;

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            _spaces++;
            return;
        }

        if (value is not ('\n' or '\r'))
            output.Write(new string(' ', _spaces));
        _spaces = 0;
        output.Write(value);
    }

    public override void Flush() => output.Flush();
}
