using Saga.Contracts.Json;

namespace Saga.Worker.Api;

/// <summary>Reads a plan document, JSON or YAML, from a request.</summary>
internal static class PlanBody
{
    private const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>True when the content type says that it is JSON, such as <c>application/json</c>.</summary>
    public static bool IsJson(HttpContext http) => http.Request.HasJsonContentType();

    public static async Task<(string? Text, IResult? Problem)> ReadAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            if (buffer.Length + read > MaxBytes)
                return (null, Problems.TooLarge(MaxBytes));
            await buffer.WriteAsync(chunk.AsMemory(0, read), http.RequestAborted);
        }

        return Utf8Text.TryRead(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), "The document", out var text, out var problem)
            ? (text, null)
            : (null, Problems.BadBody("", problem, ValueRule.InvalidText));
    }
}
