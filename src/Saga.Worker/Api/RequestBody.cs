using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Saga.Worker.Api;

/// <summary>Reads JSON bodies so that what is wrong with one is told with its place.</summary>
internal static class RequestBody
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web) { AllowDuplicateProperties = false };

    /// <summary>The body, or <paramref name="empty"/> when there is none, or the problem.</summary>
    public static async Task<(T? Body, ProblemHttpResult? Problem)> ReadAsync<T>(HttpContext http, long limit, T? empty = null)
        where T : class
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limit;

        try
        {
            using var text = new MemoryStream();
            await http.Request.Body.CopyToAsync(text, http.RequestAborted);
            if (text.Length == 0)
                return empty is null ? (null, Problems.BadBody("", "The body is empty. It must be a JSON object.")) : (empty, null);

            var body = JsonSerializer.Deserialize<T>(text.GetBuffer().AsSpan(0, (int)text.Length), _options);
            return body is null ? (null, Problems.BadBody("", "The body is null. It must be a JSON object.")) : (body, null);
        }
        catch (JsonException exception)
        {
            return (null, Problems.BadBody(PointerOf(exception.Path), exception.Message));
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, Problems.TooLarge(limit));
        }
    }

    // "$.steps[2]" is how System.Text.Json names what RFC 6901 calls "/steps/2".
    private static string PointerOf(string? path) =>
        (path ?? "$").TrimStart('$').Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
}
