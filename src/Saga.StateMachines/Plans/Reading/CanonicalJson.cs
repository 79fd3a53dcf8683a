using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Saga.Contracts.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>The document of a plan as it is stored: without white space and defaults, in a fixed order of properties, so that equal plans have equal text.</summary>
internal static class CanonicalJson
{
    // The text is never part of a page of HTML, where the default would be needed; this keeps names and conditions readable.
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = ValueRule.ReadingDepth };

    public static JsonDocumentOptions Reading { get; } = new() { MaxDepth = ValueRule.ReadingDepth };

    public static string Of(DraftBody plan)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Writing))
            DocumentReader.Write(plan, json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
