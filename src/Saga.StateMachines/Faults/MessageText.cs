using System.Text;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using Saga.StateMachines.Plans.Reading;

namespace Saga.StateMachines.Faults;

/// <summary>The JSON of a message that cannot be read as what it says it is: what can be told of it all the same.</summary>
internal sealed class MessageText
{
    private static readonly JsonDocumentOptions _deep = new() { MaxDepth = 10_000 };

    private readonly JsonElement _message;

    private MessageText(JsonElement message) => _message = message;

    /// <summary>Reads a body, in an envelope or without one; null when it is no JSON object.</summary>
    public static MessageText? Of(MessageBody body)
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(body.GetBytes()), _deep);
            return Of(Property(document.RootElement, "message") is { ValueKind: JsonValueKind.Object } message ? message.Clone() : document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A part of a message; null when it is no object.</summary>
    public static MessageText? Of(JsonElement message) => message.ValueKind == JsonValueKind.Object ? new MessageText(message) : null;

    /// <summary>As a message of that type.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public object? Read(Type type) => _message.Deserialize(type, SystemTextJsonMessageSerializer.Options);

    /// <summary>True when the message has that property, and it is not null.</summary>
    public bool Has(string name) => Property(_message, name) is { ValueKind: not JsonValueKind.Null };

    /// <summary>The elements of a list; none when it is missing or none.</summary>
    public IEnumerable<MessageText?> List(string name) => Property(_message, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(Of) : [];

    /// <summary>An object; null when it is missing or none.</summary>
    public MessageText? Part(string name) => Property(_message, name) is { } part ? Of(part) : null;

    /// <summary>An id; null when it is missing or none.</summary>
    public Guid? Id(string name) => Guid.TryParseExact(Text(name), "D", out var id) ? id : null;

    /// <summary>Text; null when it is missing or none.</summary>
    public string? Text(string name) => Property(_message, name) is { } value ? Shown.TextOf(value) : null;

    /// <summary>A whole number, however it is written; null when it is missing or none.</summary>
    public long? Number(string name) => Property(_message, name) switch
    {
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var number) => number,
        { ValueKind: JsonValueKind.Number } value when value.GetDouble() is var number and >= int.MinValue and <= int.MaxValue && double.IsInteger(number) => (long)number,
        _ => null,
    };

    /// <summary>What stands at a place; null when there is nothing.</summary>
    /// <param name="path">As the reader of JSON names it, such as <c>$.steps[0]</c>.</param>
    public JsonElement? At(string path)
    {
        JsonElement? found = _message;
        foreach (var part in PartsOf(path))
        {
            found = found switch
            {
                { ValueKind: JsonValueKind.Object } parent => Property(parent, part),
                { ValueKind: JsonValueKind.Array } parent when int.TryParse(part, out var index) && index < parent.GetArrayLength() => parent[index],
                _ => null,
            };
        }

        return found;
    }

    /// <summary>That place as a JSON pointer.</summary>
    public static string PointerOf(string path) =>
        PartsOf(path).Aggregate(new StringBuilder(), (pointer, part) => pointer.Append('/').Append(part)).ToString();

    // The names of the contracts have neither dots nor brackets, and what is inside of a value is never wrong.
    private static string[] PartsOf(string path) => path.Split(['$', '.', '[', ']'], StringSplitOptions.RemoveEmptyEntries);

    // Some programs write a byte order mark before the text, which is read over elsewhere, too.
    private static ReadOnlyMemory<byte> WithoutMark(byte[] body) => body.AsSpan().StartsWith("\uFEFF"u8) ? body.AsMemory(3) : body;

    private static JsonElement? Property(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var property in element.EnumerateObject())
        {
            if (NameOf(property)?.Equals(name, StringComparison.OrdinalIgnoreCase) == true)
                return property.Value;
        }

        return null;
    }

    // Half a surrogate pair in the name of another property does not keep these from being found.
    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
