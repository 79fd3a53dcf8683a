using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace Saga.Worker.Tests.Api.Support;

/// <summary>What tests ask of an answer.</summary>
internal static class Answers
{
    /// <summary>The answer's document, when it has the status that was expected.</summary>
    public static async Task<JsonElement> JsonAsync(this Task<HttpResponseMessage> sending, HttpStatusCode expected)
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(expected, text);
        return JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = 1000 });
    }

    /// <summary>The codes and pointers of a refusal, as <c>code at /pointer</c>.</summary>
    public static IEnumerable<string> Errors(this JsonElement problem) =>
        problem.GetProperty("errors").EnumerateArray().Select(error => $"{error.Text("code")} at {error.Text("pointer")}");

    public static string? Text(this JsonElement element, string property) => element.GetProperty(property).GetString();

    public static async Task<HttpResponseMessage> PutAsync(this EmbeddedWorker worker, string path, string document, string mediaType = "application/yaml")
    {
        using var body = new StringContent(document, Encoding.UTF8, mediaType);
        return await worker.Http.PutAsync(path, body);
    }

    /// <summary>Asks for a check of a plan document.</summary>
    public static async Task<HttpResponseMessage> ValidateAsync(this EmbeddedWorker worker, string document)
    {
        using var body = new StringContent(document, Encoding.UTF8, "application/yaml");
        return await worker.Http.PostAsync("/api/plans/validate", body);
    }
}
