using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Saga.StateMachines.Plans.Reading;

/// <summary>The document of a plan as it is stored: without white space and defaults, in a fixed order of properties, so that equal plans have equal text.</summary>
internal static class CanonicalJson
{
    // 32 bodies of 5 levels each, with a value of 64 levels in the innermost, and some room.
    private const int MaxDepth = 512;

    // The text is never part of a page of HTML, where the default would be needed; this keeps names and conditions readable.
    public static JsonWriterOptions Writing { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    public static JsonDocumentOptions Reading { get; } = new() { MaxDepth = MaxDepth };

    public static string Of(DraftBody plan)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Writing))
            DocumentReader.Write(plan, json);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
