using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Saga.StateMachines.Logic;

/// <summary>Makes JSON of what a rule came to.</summary>
internal static class LogicWriter
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

    public static JsonElement ToJson(LogicValue value, LogicBudget budget)
    {
        if (budget.IsStopped || value.IsNothing)
        {
            return Null;
        }

        if (value.Kind == LogicKind.Boolean)
        {
            return value.IsTrue ? _true : _false;
        }

        return value.IsJson ? value.Json.Clone() : ParseWritten(value, budget);
    }

    private static JsonElement ParseWritten(LogicValue value, LogicBudget budget)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, _unchecked))
        {
            Write(json, value, budget);
        }

        return budget.IsStopped ? Null : JsonElement.Parse(buffer.WrittenSpan, _anything);
    }

    private static void Write(Utf8JsonWriter json, LogicValue value, LogicBudget budget)
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
            case LogicKind.Number when !value.IsJson && double.IsFinite(value.Number):
                json.WriteRawValue(JsNumber.Format(value.Number), skipInputValidation: true);
                break;
            case var _ when value.IsJson:
                WriteAsItStands(json, JsonMarshal.GetRawUtf8Value(value.Json), budget);
                break;
            case LogicKind.Text:
                // Half of a surrogate pair, which `substr` can leave, becomes the replacement character.
                json.WriteStringValue(Encoding.UTF8.GetBytes(value.Text(budget)));
                break;
            case LogicKind.List:
                WriteList(json, value, budget);
                break;
            case LogicKind.Object:
                WriteScope(json, value.Scope!, budget);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private static void WriteAsItStands(Utf8JsonWriter json, ReadOnlySpan<byte> raw, LogicBudget budget)
    {
        if (budget.SpendCharacters(raw.Length))
        {
            json.WriteRawValue(raw, skipInputValidation: true);
        }
    }

    private static void WriteList(Utf8JsonWriter json, LogicValue list, LogicBudget budget)
    {
        json.WriteStartArray();
        foreach (var item in list.Elements(budget))
        {
            Write(json, item, budget);
        }

        json.WriteEndArray();
    }

    private static void WriteScope(Utf8JsonWriter json, LogicScope scope, LogicBudget budget)
    {
        json.WriteStartObject();
        json.WritePropertyName("current");
        Write(json, scope.Current, budget);
        if (scope.Accumulator.Kind != LogicKind.Undefined)
        {
            json.WritePropertyName("accumulator");
            Write(json, scope.Accumulator, budget);
        }

        json.WriteEndObject();
    }
}
