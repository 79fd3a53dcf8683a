using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Saga.Contracts.Json;

/// <summary>
/// The rule that every JSON value keeps to which a run takes in: its text is Unicode, and it has no more arrays and objects inside each other than every
/// message, view and event that carries it can hold. Whatever keeps to it can be written and read wherever it goes.
/// </summary>
public static class ValueRule
{
    /// <summary>
    /// The most arrays and objects inside each other in a value that is handed to a run: an input, the payload of a signal, a value in a plan. It is less than
    /// <see cref="MaxDepthMade"/>, so that a run can put such a value into others.
    /// </summary>
    public const int MaxDepthGiven = 48;

    /// <summary>
    /// The most arrays and objects inside each other in a value that a run makes of others, or that a step answers. Messages and views put up to 7 around it,
    /// and most readers of JSON allow 64.
    /// </summary>
    public const int MaxDepthMade = 56;

    /// <summary>
    /// How deep the product itself reads and writes: deep enough for a plan with all the bodies it may have, and for values that an earlier release took in.
    /// </summary>
    public const int ReadingDepth = 1000;

    /// <summary>
    /// The most bytes of JSON (UTF-8) that a step may answer, whatever the orchestrator allows: 16 MiB, the largest message that RabbitMQ takes unless it is told
    /// otherwise.
    /// </summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The code of a <see cref="ValueFault"/> that is about text.</summary>
    public const string InvalidText = "invalid_text";

    /// <summary>The code of a <see cref="ValueFault"/> that is about depth.</summary>
    public const string TooDeep = "value_too_deep";

    /// <summary>The code of a value that has too many bytes.</summary>
    public const string TooLarge = "value_too_large";

    /// <summary>The first thing in the value that breaks the rule; null when nothing does.</summary>
    /// <param name="value">The value.</param>
    /// <param name="maxDepth">The most arrays and objects inside each other.</param>
    public static ValueFault? Check(JsonElement value, int maxDepth) =>
        value.ValueKind == JsonValueKind.Undefined ? null : Check(JsonMarshal.GetRawUtf8Value(value), maxDepth);

    /// <summary>The same for JSON that is not parsed yet.</summary>
    /// <param name="json">The text, which may be anything: what is no JSON at all is for its parser to tell.</param>
    /// <param name="maxDepth">The most arrays and objects inside each other.</param>
    public static ValueFault? Check(ReadOnlySpan<byte> json, int maxDepth)
    {
        // Almost all values are shallow and have no such text, which can be seen without reading them token by token.
        var isUtf8 = Utf8.IsValid(json);
        var mayHaveHalves = json.IndexOf("\\ud"u8) >= 0 || json.IndexOf("\\uD"u8) >= 0;
        var mayBeDeep = json.Count((byte)'[') + json.Count((byte)'{') > maxDepth;
        return isUtf8 && !mayHaveHalves && !mayBeDeep ? null : ValueScan.Of(json, maxDepth);
    }

    /// <summary>True when no half of a surrogate pair stands alone in the text.</summary>
    public static bool IsUnicode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = text.AsSpan();
        while (rest.IndexOfAnyInRange('\uD800', '\uDFFF') is var at and >= 0)
        {
            if (Rune.DecodeFromUtf16(rest[at..], out _, out var read) != OperationStatus.Done)
                return false;
            rest = rest[(at + read)..];
        }

        return true;
    }
}
