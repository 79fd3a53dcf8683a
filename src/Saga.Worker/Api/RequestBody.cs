using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Saga.Contracts.Json;

namespace Saga.Worker.Api;

/// <summary>Reads JSON bodies so that what is wrong with one is told with its place.</summary>
internal static class RequestBody
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        MaxDepth = ValueRule.ReadingDepth,
    };

    /// <summary>The body, or <paramref name="empty"/> when there is none, or the problem.</summary>
    public static async Task<(T? Body, ProblemHttpResult? Problem)> ReadAsync<T>(HttpContext http, BodyLimit limit, T? empty = null)
        where T : class
    {
        if (await LimitedBody.ReadAsync(http, limit) is not { } text)
            return (null, Problems.TooLarge(limit));

        try
        {
            if (text.Length == 0)
                return empty is null ? (null, Problems.BadBody("", "The body is empty. It must be a JSON object.")) : (empty, null);

            if (!Utf8Text.TryFind(text.Span, "The body", out var start, out var noText))
                return (null, Problems.BadBody("", noText, ValueRule.InvalidText));
            var json = text[start..];
            if (ValueRule.Check(json.Span, ValueRule.ReadingDepth) is { } fault)
                return (null, Problems.BadBody(fault.Pointer, fault.Explain("The body"), fault.Code));

            var body = JsonSerializer.Deserialize<T>(json.Span, _options);
            return body is null ? (null, Problems.BadBody("", "The body is null. It must be a JSON object.")) : (body, null);
        }
        catch (JsonException exception)
        {
            return (null, Problems.BadBody(PointerOf(exception.Path), Explain<T>(exception)));
        }
    }

    private static string Explain<T>(JsonException exception)
    {
        var pointer = PointerOf(exception.Path);
        const string Duplicate = "Duplicate property '";
        if (exception.Message.StartsWith(Duplicate, StringComparison.Ordinal)
            && exception.Message.LastIndexOf("' encountered", StringComparison.Ordinal) is var end and >= 0)
        {
            var name = exception.Message[Duplicate.Length..end];
            return $"The property `{name}` is there twice in one object. Only one of the values could count. Remove one.";
        }

        if (pointer.Length == 0 && exception.Message.Contains("could not be converted", StringComparison.Ordinal))
            return "The body is a list, a text, a number or a truth value. It must be a JSON object. Correct it.";
        if (exception.Message.Contains("could not be mapped", StringComparison.Ordinal))
        {
            var known = typeof(T).GetProperties().Select(property => $"`{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}`");
            return $"`{pointer[1..]}` is not a property of this body. It has {string.Join(", ", known)}. Correct the name or leave it out.";
        }

        return exception.Message.Contains("could not be converted", StringComparison.Ordinal)
            ? $"The value at `{pointer}` is of the wrong type: {Expected(exception.Message)}. Correct it."
            : $"The body is not JSON. {exception.Message}";
    }

    private static string Expected(string message) =>
        message.Contains("System.Guid", StringComparison.Ordinal) ? "it must be a UUID, such as `01980f3c-7c1e-7000-8000-000000000000`"
        : message.Contains("System.String.", StringComparison.Ordinal) ? "it must be a string"
        : message.Contains("System.Int32", StringComparison.Ordinal) ? "it must be a whole number, such as `1`, and no text"
        : message.Contains("List", StringComparison.Ordinal) ? "it must be an array of strings"
        : "see /openapi/v1.json for what it may be";

    // "$.steps[2]" is how System.Text.Json names what RFC 6901 calls "/steps/2".
    private static string PointerOf(string? path) =>
        (path ?? "$").TrimStart('$').Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
}
