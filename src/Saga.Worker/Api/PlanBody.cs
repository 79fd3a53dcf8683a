using Saga.Contracts.Json;

namespace Saga.Worker.Api;

/// <summary>Reads a plan document, JSON or YAML, from a request.</summary>
internal static class PlanBody
{
    /// <summary>True when the content type says that it is JSON, such as <c>application/json</c>.</summary>
    public static bool IsJson(HttpContext http) => http.Request.HasJsonContentType();

    public static async Task<(string? Text, IResult? Problem)> ReadAsync(HttpContext http)
    {
        if (await LimitedBody.ReadAsync(http, BodyLimit.OfDocument) is not { } body)
            return (null, Problems.TooLarge(BodyLimit.OfDocument));
        return Utf8Text.TryRead(body.Span, "The document", out var text, out var problem)
            ? (text, null)
            : (null, Problems.BadBody("", problem, ValueRule.InvalidText));
    }
}
