using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>The parts of the only document of a YAML text, one after the other, without what is around it.</summary>
internal sealed class YamlEvents(string text)
{
    private readonly Parser _parser = new(new StringReader(text));

    /// <summary>The part at hand.</summary>
    public ParsingEvent Current => _parser.Current!;

    /// <summary>Its line, or the first when nothing was read.</summary>
    public int Line => _parser.Current is { } part ? Math.Max(1, LineOf(part)) : 1;

    /// <summary>Goes to the document; false when there is none.</summary>
    public bool Begin()
    {
        while (_parser.MoveNext() && _parser.Current is not StreamEnd)
        {
            if (_parser.Current is NodeEvent or AnchorAlias)
                return true;
        }

        return false;
    }

    public static int LineOf(ParsingEvent part) => (int)part.Start.Line;

    /// <summary>Gives the part at hand, and goes on to the next.</summary>
    public ParsingEvent Take()
    {
        var current = Current;
        _parser.MoveNext();
        return current;
    }

    /// <summary>Refuses whatever follows the document.</summary>
    public void End()
    {
        do
        {
            if (Current is DocumentStart or NodeEvent or AnchorAlias)
                throw new TextRefusedException("invalid_yaml", "A second document begins here. A plan is one document. Remove the others.", Line);
        }
        while (_parser.MoveNext());
    }
}
