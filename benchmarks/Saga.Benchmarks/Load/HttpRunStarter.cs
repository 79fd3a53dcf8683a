using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Saga.Contracts;

namespace Saga.Benchmarks.Load;

/// <summary>Posts starts to the HTTP API: the only way in from outside when the queues are in the memory of the server.</summary>
internal sealed class HttpRunStarter(Uri address) : IRunStarter
{
    private static readonly Uri _runs = new("api/runs", UriKind.Relative);

    // The API has no word for some properties of the message, which the load leaves empty.
    private static readonly JsonSerializerOptions _withoutNulls = new(JsonSerializerOptions.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly HttpClient _http = new() { BaseAddress = address };

    public async Task StartAsync(StartProvisioning start, CancellationToken cancellation)
    {
        using var answer = await _http.PostAsJsonAsync(_runs, start, _withoutNulls, cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            var body = await answer.Content.ReadAsStringAsync(cancellation);
            throw new HttpRequestException($"The start was answered {(int)answer.StatusCode}: {body}");
        }
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
