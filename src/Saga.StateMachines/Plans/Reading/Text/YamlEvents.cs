using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>The parts of the only document of a YAML text, one after the other, without what is around it.</summary>
internal sealed class YamlEvents
{
    private readonly Parser _parser;

    public YamlEvents(string text)
    {
        _parser = new Parser(new StringReader(text));
        do
            IsAtEnd = !_parser.MoveNext() || _parser.Current is StreamEnd;
        while (!IsAtEnd && _parser.Current is not (NodeEvent or AnchorAlias));
    }

    /// <summary>True when there is no document.</summary>
    public bool IsAtEnd { get; }

    /// <summary>The part at hand.</summary>
    public ParsingEvent Current => _parser.Current!;

    /// <summary>Its line.</summary>
    public int Line => LineOf(Current);

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
