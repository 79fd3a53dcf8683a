using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading.Text;

/// <summary>JSON that is being written, with the line of each of its tokens. What was written can be written again, which takes no more than a copy.</summary>
internal sealed class JsonOutput(YamlBudget budget)
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<int> _lines = [];

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>The line of each name and each beginning of a value.</summary>
    public IReadOnlyList<int> Lines => _lines;

    /// <summary>Where the next token will stand.</summary>
    public JsonPosition End => new(_bytes.WrittenCount, _lines.Count);

    /// <summary>Writes a name, a value that has no other inside, or the beginning of one that has.</summary>
    public void Token(ReadOnlySpan<byte> json, int line)
    {
        Write(json, line);
        _lines.Add(line);
    }

    /// <summary>Writes text as a name or a value.</summary>
    public void Text(string text, int line)
    {
        budget.Expect(text.Length, line);
        Write("\""u8, line);
        Token(JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, line);
        Write("\""u8, line);
    }

    /// <summary>Writes what is no token of its own: commas, colons and ends.</summary>
    public void Write(ReadOnlySpan<byte> json, int line)
    {
        budget.Write(json.Length, line);
        _bytes.Write(json);
    }

    /// <summary>Writes again what was written, here or elsewhere.</summary>
    /// <param name="part">What was written.</param>
    /// <param name="line">Where the repetition was asked for.</param>
    public void Repeat(JsonPart part, int line)
    {
        Write(part.Bytes.Span, line);
        for (var token = part.Begin.Token; token < part.End.Token; token++)
            _lines.Add(part.Output._lines[token]);
    }
}
