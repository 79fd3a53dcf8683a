using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Saga.Cli.Api;

/// <summary>The HTTP API of a server. Whatever goes wrong comes out as a <see cref="CommandFailedException"/> that says what to do.</summary>
internal sealed class ApiClient(Uri server, HttpMessageHandler handler) : IDisposable
{
    // A server whose database is locked says so after a minute at most.
    private readonly HttpClient _http = new(handler) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(75) };

    public Uri Server => server;

    public Task<Answer<Run>> StartAsync(StartRequest request, CancellationToken cancellation) =>
        SendAsync<Run>(HttpMethod.Post, "api/runs", request, cancellation);

    public Task<Answer<Run>> GetRunAsync(string idOrPrefix, CancellationToken cancellation) =>
        SendAsync<Run>(HttpMethod.Get, $"api/runs/{PathSegment.Of("run", idOrPrefix)}", null, cancellation);

    public Task<Answer<RunPage>> ListRunsAsync(string? status, string? before, int? limit, CancellationToken cancellation)
    {
        string query = string.Join('&', new[] { Pair("status", status), Pair("before", before), Pair("limit", limit?.ToString()) }.OfType<string>());
        return SendAsync<RunPage>(HttpMethod.Get, query.Length == 0 ? "api/runs" : "api/runs?" + query, null, cancellation);
    }

    public Task<Answer<StepList>> ListStepsAsync(CancellationToken cancellation) =>
        SendAsync<StepList>(HttpMethod.Get, "api/steps", null, cancellation);

    public Task<Answer<DefinitionList>> ListDefinitionsAsync(CancellationToken cancellation) =>
        SendAsync<DefinitionList>(HttpMethod.Get, "api/definitions", null, cancellation);

    public Task<Answer<Definition>> GetDefinitionAsync(string kind, int version, CancellationToken cancellation) =>
        SendAsync<Definition>(HttpMethod.Get, $"api/definitions/{PathSegment.Of("kind", kind)}/{version}", null, cancellation);

    public Task<Answer<Definition>> DefineAsync(string kind, int version, PlanFile document, CancellationToken cancellation) =>
        SendAsync<Definition>(HttpMethod.Put, $"api/definitions/{PathSegment.Of("kind", kind)}/{version}", document, cancellation);

    public Task<Answer<PlanCheck>> CheckPlanAsync(PlanFile document, CancellationToken cancellation) =>
        SendAsync<PlanCheck>(HttpMethod.Post, "api/plans/validate", document, cancellation);

    public Task<Answer<Run>> SignalAsync(string id, string name, SignalRequest signal, CancellationToken cancellation) =>
        SendAsync<Run>(HttpMethod.Post, $"api/runs/{PathSegment.Of("run", id)}/signals/{PathSegment.Of("signal", name)}", signal, cancellation);

    /// <summary>The picture of a run in the language of Graphviz.</summary>
    public Task<string> GraphAsync(string id, CancellationToken cancellation) =>
        ExchangeAsync(HttpMethod.Get, $"api/runs/{PathSegment.Of("run", id)}/graph", null, (text, _) => text, cancellation);

    /// <summary>Asks for <paramref name="verb"/>, such as <c>cancel</c>, on a run.</summary>
    public Task<Answer<Run>> AskAsync(string id, string verb, Operation operation, CancellationToken cancellation) =>
        SendAsync<Run>(HttpMethod.Post, $"api/runs/{PathSegment.Of("run", id)}/{verb}", operation, cancellation);

    public async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(new Uri("health/ready", UriKind.Relative), cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();

    private static string? Pair(string name, string? value) => value is null ? null : $"{name}={Uri.EscapeDataString(value)}";

    private Task<Answer<T>> SendAsync<T>(HttpMethod method, string path, object? body, CancellationToken cancellation) =>
        ExchangeAsync(method, path, body, Read<T>, cancellation);

    private async Task<T> ExchangeAsync<T>(
        HttpMethod method, string path, object? body, Func<string, HttpResponseMessage, T> read, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body switch
        {
            null => null,
            // A plan document goes as it was written, so that the server names its lines, and under the name it has.
            PlanFile document => new StringContent(document.Text, Encoding.UTF8, document.IsJson ? "application/json" : "application/yaml"),
            _ => JsonContent.Create(body, body.GetType(), options: Json.Compact),
        };

        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellation);
            string text = await response.Content.ReadAsStringAsync(cancellation);
            return response.IsSuccessStatusCode ? read(text, response) : throw new CommandFailedException(Refusals.Read(text, response, server));
        }
        catch (HttpRequestException failure)
        {
            throw new CommandFailedException(Refusals.Unreachable(server, failure.InnerException?.Message ?? failure.Message));
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandFailedException(Refusals.Unreachable(server, $"no answer within {_http.Timeout.TotalSeconds:0} s"));
        }
    }

    private Answer<T> Read<T>(string text, HttpResponseMessage response)
    {
        try
        {
            return new(text, JsonSerializer.Deserialize<T>(text, Json.Compact) ?? throw new JsonException("null"));
        }
        catch (JsonException)
        {
            throw new CommandFailedException(Refusals.NotASagaServer(server, response));
        }
    }
}
