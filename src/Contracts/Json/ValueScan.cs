using System.Text.Json;
using System.Text.Unicode;

namespace Saga.Contracts.Json;

/// <summary>Reads a value token by token until something breaks the rule.</summary>
internal ref struct ValueScan
{
    // A pointer into a value of thousands of levels, or with names of megabytes, helps nobody.
    private const int LongestPointer = 400;

    private readonly int _maxDepth;
    private readonly List<Level> _levels = [];
    private Utf8JsonReader _reader;

    private ValueScan(ReadOnlySpan<byte> json, int maxDepth)
    {
        _maxDepth = maxDepth;
        _reader = new Utf8JsonReader(json, new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
            MaxDepth = int.MaxValue,
        });
    }

    public static ValueFault? Of(ReadOnlySpan<byte> json, int maxDepth)
    {
        try
        {
            return new ValueScan(json, maxDepth).Run();
        }
        catch (JsonException)
        {
            // It is no JSON, so whoever parses it says so.
            return null;
        }
    }

    private ValueFault? Run()
    {
        while (_reader.Read())
        {
            if (_reader.TokenType == JsonTokenType.PropertyName)
                _levels[^1].Name = WrittenText.Decode(_reader.ValueSpan);
            else if (_levels is [.., { IsArray: true } array] && _reader.TokenType is not JsonTokenType.EndArray)
                array.Index++;

            if (Fault() is { } fault)
                return fault;

            if (_reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                _levels.Add(new Level { IsArray = _reader.TokenType == JsonTokenType.StartArray });
            else if (_reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
                _levels.RemoveAt(_levels.Count - 1);
        }

        return null;
    }

    private readonly ValueFault? Fault() => _reader.TokenType switch
    {
        JsonTokenType.StartArray or JsonTokenType.StartObject when _levels.Count == _maxDepth => new()
        {
            Code = ValueRule.TooDeep,
            Pointer = Pointer(),
            Fact = $"has more than {_maxDepth} arrays and objects inside each other",
            Rule = "That is the limit, so that every message that carries the value can be read. Make it flatter, or write the inner part as a text.",
        },
        JsonTokenType.String or JsonTokenType.PropertyName when !Utf8.IsValid(_reader.ValueSpan) => TextFault("a byte that is no UTF-8"),
        JsonTokenType.String or JsonTokenType.PropertyName when _reader.ValueIsEscaped && !ValueRule.IsUnicode(WrittenText.Decode(_reader.ValueSpan)) =>
            TextFault("half of a surrogate pair, which is no character,"),
        _ => null,
    };

    private readonly ValueFault TextFault(string what) => new()
    {
        Code = ValueRule.InvalidText,
        Pointer = Pointer(),
        Fact = $"has {what} in {(_reader.TokenType == JsonTokenType.String ? "a text" : "the name of a property")}",
        Rule = "Text is Unicode. Correct it or leave it out.",
    };

    private readonly string Pointer()
    {
        var pointer = string.Concat(_levels.Select(level => "/" + level.Segment));
        return WrittenText.Mend(pointer.Length <= LongestPointer ? pointer : string.Concat(pointer.AsSpan(0, LongestPointer), "…"));
    }

    private sealed class Level
    {
        public bool IsArray { get; init; }

        public int Index { get; set; } = -1;

        public string Name { get; set; } = "";

        public string Segment => IsArray
            ? Index.ToString(System.Globalization.CultureInfo.InvariantCulture)
            : Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }
}
