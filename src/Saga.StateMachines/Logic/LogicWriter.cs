using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Saga.StateMachines.Logic;

/// <summary>Makes JSON of what a rule came to.</summary>
internal sealed class LogicWriter(LogicBudget budget)
{
    // The parts that come from the rule or the data have been accepted by a parser already, perhaps by one that allowed all this.
    private static readonly JsonDocumentOptions _anything = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = int.MaxValue,
    };

    private static readonly JsonWriterOptions _unchecked = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = int.MaxValue,
        SkipValidation = true,
    };

    private static readonly JsonElement _true = JsonElement.Parse("true");
    private static readonly JsonElement _false = JsonElement.Parse("false");

    public static JsonElement Null { get; } = JsonElement.Parse("null");

    /// <summary>The first thing of which JSON has no value, as JavaScript prints it; null when there is none.</summary>
    public string? NoResult { get; private set; }

    public JsonElement ToJson(LogicValue value)
    {
        if (budget.IsStopped || value.IsNothing)
        {
            NoResult = value.Kind == LogicKind.Undefined ? "undefined" : null;
            return Null;
        }

        if (value.Kind == LogicKind.Boolean)
        {
            return value.IsTrue ? _true : _false;
        }

        return value.IsJson ? value.Json.Clone() : ParseWritten(value);
    }

    private JsonElement ParseWritten(LogicValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, _unchecked))
        {
            Write(json, value);
        }

        return budget.IsStopped ? Null : JsonElement.Parse(buffer.WrittenSpan, _anything);
    }

    private void Write(Utf8JsonWriter json, LogicValue value)
    {
        // A list may hold the same value many times over: only here does that cost what it weighs.
        if (!budget.SpendElements(1))
        {
            return;
        }

        switch (value.Kind)
        {
            case LogicKind.Boolean:
                json.WriteBooleanValue(value.IsTrue);
                break;
            case var _ when value.IsJson:
                WriteAsItStands(json, JsonMarshal.GetRawUtf8Value(value.Json));
                break;
            case LogicKind.Number:
                WriteNumber(json, value.Number(budget));
                break;
            case LogicKind.Text:
                WriteText(json, value.Text(budget));
                break;
            case LogicKind.List:
                WriteList(json, value);
                break;
            case LogicKind.Object:
                WriteScope(json, value.Scope!);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private void WriteAsItStands(Utf8JsonWriter json, ReadOnlySpan<byte> raw)
    {
        if (budget.SpendCharacters(raw.Length))
        {
            json.WriteRawValue(raw, skipInputValidation: true);
        }
    }

    private void WriteNumber(Utf8JsonWriter json, LogicNumber number)
    {
        if (number.IsJson)
        {
            json.WriteRawValue(number.ToString(), skipInputValidation: true);
            return;
        }

        NoResult ??= number.ToString();
        json.WriteNullValue();
    }

    private void WriteText(Utf8JsonWriter json, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (!text.AsSpan().SequenceEqual(Encoding.UTF8.GetString(bytes)))
        {
            // Only `substr` and an index into a text take a pair apart.
            NoResult ??= "half of a surrogate pair";
        }

        json.WriteStringValue(bytes);
    }

    private void WriteList(Utf8JsonWriter json, LogicValue list)
    {
        json.WriteStartArray();
        foreach (var item in list.Elements(budget))
        {
            Write(json, item);
        }

        json.WriteEndArray();
    }

    private void WriteScope(Utf8JsonWriter json, LogicScope scope)
    {
        json.WriteStartObject();
        json.WritePropertyName("current");
        Write(json, scope.Current);
        if (scope.Accumulator.Kind != LogicKind.Undefined)
        {
            json.WritePropertyName("accumulator");
            Write(json, scope.Accumulator);
        }

        json.WriteEndObject();
    }
}
