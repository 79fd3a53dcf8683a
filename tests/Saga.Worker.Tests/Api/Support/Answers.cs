using System.Net;
using System.Net.Http.Json;
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
        return JsonElement.Parse(text);
    }

    /// <summary>The codes and pointers of a refusal, as <c>code at /pointer</c>.</summary>
    public static IEnumerable<string> Errors(this JsonElement problem) =>
        problem.GetProperty("errors").EnumerateArray().Select(error => $"{error.Text("code")} at {error.Text("pointer")}");

    public static string? Text(this JsonElement element, string property) => element.GetProperty(property).GetString();

    public static Task<HttpResponseMessage> PutAsync(this EmbeddedWorker worker, string path, string document, string mediaType = "application/yaml") =>
        worker.Http.PutAsync(path, new StringContent(document, Encoding.UTF8, mediaType));

    /// <summary>Asks for a check of a plan document.</summary>
    public static Task<HttpResponseMessage> ValidateAsync(this EmbeddedWorker worker, string document) =>
        worker.Http.PostAsync("/api/plans/validate", new StringContent(document, Encoding.UTF8, "application/yaml"));
}
